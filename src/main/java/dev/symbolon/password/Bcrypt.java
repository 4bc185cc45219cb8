package dev.symbolon.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One bcrypt hash of a password. Bcrypt reads 72 bytes at most and stops at a NUL, so it gets the base64 of a SHA-384
 * instead, which is 64 printable characters whatever the password; the stored text is marked with {@code $sha384}. One
 * that another program made, over the password itself, is verified as well.
 */
final class Bcrypt {
    static final int MIN_COST = 4;
    static final int MAX_COST = 16;
    static final int MAX_CHARACTERS = 1024;

    static final String MARK = "$sha384";
    private static final int MOST_BYTES = 72;
    private static final Pattern FOREIGN = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final byte[] DUMMY_SALT = new byte[16];
    private static final byte[] DUMMY_KEY = new byte[64];
    private static final BCrypt.Hasher HASHER = BCrypt.with(BCrypt.Version.VERSION_2B);
    private static final BCrypt.Verifyer VERIFYER = BCrypt.verifyer(BCrypt.Version.VERSION_2B);
    private static final BCrypt.Verifyer FULL = BCrypt.verifyer(BCrypt.Version.VERSION_2Y_NO_NULL_TERMINATOR);

    private Bcrypt() {}

    static String hash(int cost, String password) {
        return MARK + new String(HASHER.hash(cost, key(password)), StandardCharsets.US_ASCII);
    }

    static boolean verify(String password, String stored) {
        boolean own = isOwn(stored);
        byte[] key = own ? key(password) : foreignKey(password);
        byte[] bcrypt = stored.substring(own ? MARK.length() : 0).getBytes(StandardCharsets.US_ASCII);
        return (key.length < MOST_BYTES ? VERIFYER : FULL).verify(key, bcrypt).verified;
    }

    static boolean isOwn(String stored) {
        return stored.startsWith(MARK);
    }

    /** Whether it is bcrypt over the password itself, as other programs make it, of a cost that can be paid here. */
    static boolean isForeign(String stored) {
        Matcher parts = FOREIGN.matcher(stored);
        return parts.matches() && Integer.parseInt(parts.group(1)) >= MIN_COST && cost(stored) <= MAX_COST;
    }

    /** Longer ones than bcrypt reads were refused by Symfony, and since 5.3 are hashed before. */
    private static byte[] foreignKey(String password) {
        byte[] key = password.getBytes(StandardCharsets.UTF_8);
        return key.length <= MOST_BYTES
                ? key
                : Arrays.copyOf(Base64.getEncoder().encode(digest("SHA-512", key)), MOST_BYTES);
    }

    /** Spends the time of one verification and learns nothing. */
    static void spend(int cost) {
        HASHER.hashRaw(cost, DUMMY_SALT, DUMMY_KEY);
    }

    static int cost(String stored) {
        int start = isOwn(stored) ? MARK.length() : 0;
        return Integer.parseInt(stored.substring(start + 4, start + 6));
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
        return Base64.getEncoder().encode(digest("SHA-384", normal(password).getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
