package dev.symbolon.cli;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids and secrets that nobody chose, in characters that need no escaping anywhere. */
final class Generated {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Generated() {}

    /** 128 random bits. */
    static String id() {
        return random(16);
    }

    /** 256 random bits. */
    static String secret() {
        return random(32);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
