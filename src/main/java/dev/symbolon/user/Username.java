package dev.symbolon.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** User names compare without case and without regard to how Unicode composes them (RFC 8265 section 3.3). */
public final class Username {
    private static final int MAX_CHARACTERS = 1024;

    private Username() {}

    /** What is looked up: the SHA-256 of the form that is compared; empty for what cannot be a user name. */
    public static Optional<byte[]> key(String name) {
        boolean possible = !name.isBlank()
                && name.codePointCount(0, name.length()) <= MAX_CHARACTERS
                && name.chars().noneMatch(Character::isISOControl);
        return possible ? Optional.of(sha256(canonical(name))) : Optional.empty();
    }

    private static String canonical(String name) {
        return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
