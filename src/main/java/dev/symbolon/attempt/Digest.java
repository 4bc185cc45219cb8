package dev.symbolon.attempt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Names of any length as keys of a table. */
final class Digest {
    private Digest() {}

    /** 128 bits of the text's SHA-256. */
    static UUID of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** One of a fixed number of buckets that texts fall into. */
    static long bucket(String text, int buckets) {
        return Math.floorMod(of(text).getMostSignificantBits(), buckets);
    }
}
