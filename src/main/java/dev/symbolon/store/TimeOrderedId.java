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
        long high = now.toEpochMilli() << 16 | VERSION_7 | RANDOM.nextInt(0x1000);
        return new UUID(high, VARIANT | RANDOM.nextLong() >>> 2);
    }
}
