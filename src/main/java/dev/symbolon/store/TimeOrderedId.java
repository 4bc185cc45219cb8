package dev.symbolon.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Ids that grow with time, so that inserts append: UUID version 7 (RFC 9562 section 5.7), 74 bits of it random. */
public final class TimeOrderedId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedId() {}

    public static UUID at(Instant now) {
        return of(now, RANDOM.nextInt(0x1000), RANDOM.nextLong() >>> 2);
    }

    /** Not before any other of the same millisecond. */
    public static UUID last(Instant now) {
        return of(now, 0xfff, -1L >>> 2);
    }

    private static UUID of(Instant now, int high, long low) {
        return new UUID(now.toEpochMilli() << 16 | VERSION_7 | high, VARIANT | low);
    }
}
