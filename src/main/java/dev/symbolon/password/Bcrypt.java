package dev.symbolon.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Base64;

/**
 * One bcrypt hash of a password. Bcrypt reads 72 bytes at most and stops at a NUL, so it gets the base64 of a SHA-384
 * instead, which is 64 printable characters whatever the password; the stored text is marked with {@code $sha384}.
 */
final class Bcrypt {
    static final int MIN_COST = 4;
    static final int MAX_CHARACTERS = 1024;

    private static final String MARK = "$sha384";
    private static final byte[] DUMMY_SALT = new byte[16];
    private static final byte[] DUMMY_KEY = new byte[64];
    private static final BCrypt.Hasher HASHER = BCrypt.with(BCrypt.Version.VERSION_2B);
    private static final BCrypt.Verifyer VERIFYER = BCrypt.verifyer(BCrypt.Version.VERSION_2B);

    private Bcrypt() {}

    static String hash(int cost, String password) {
        return MARK + new String(HASHER.hash(cost, key(password)), StandardCharsets.US_ASCII);
    }

    static boolean verify(String password, String stored) {
        byte[] bcrypt = stored.substring(MARK.length()).getBytes(StandardCharsets.US_ASCII);
        return VERIFYER.verify(key(password), bcrypt).verified;
    }

    /** Spends the time of one verification and learns nothing. */
    static void spend(int cost) {
        HASHER.hashRaw(cost, DUMMY_SALT, DUMMY_KEY);
    }

    static int cost(String stored) {
        return Integer.parseInt(stored.substring(MARK.length() + 4, MARK.length() + 6));
    }

    /** What cannot be a password: it is refused when set, and never matches. */
    static boolean isImpossible(String password) {
        return password.isEmpty() || password.indexOf('\0') >= 0 || isTooLong(password);
    }

    /** Four characters become one at most, so that what is longer still need not be normalized to know. */
    private static boolean isTooLong(String password) {
        String normal = characters(password) > 4 * MAX_CHARACTERS ? password : normal(password);
        return characters(normal) > MAX_CHARACTERS;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** RFC 8265 section 4.2.2. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private static byte[] key(String password) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-384").digest(normal(password).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-384", e);
        }
    }
}
