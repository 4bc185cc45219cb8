package dev.symbolon.cli;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids and secrets that nobody chose, in characters that need no escaping anywhere. */
final class Generated {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Generated() {}

    /** Over 128 random bits. */
    static String id() {
        return random(18);
    }

    /** Over 255 random bits. */
    static String secret() {
        return random(32);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        String text;
        do {
            RANDOM.nextBytes(random);
            text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        } while (text.startsWith("-")); // which a command would take for an option
        return text;
    }
}
