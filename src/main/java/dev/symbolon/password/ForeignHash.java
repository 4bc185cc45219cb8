package dev.symbolon.password;

import com.password4j.Argon2Function;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A hash that another program made and that is not bcrypt, as a PHC string: {@code $argon2id$v=19$m=65536,t=4,p=1$…},
 * {@code $pbkdf2-sha512$i=5000$…}, or {@code $symfony-sha512$i=5000$…} for the loop of Symfony's message digests. Two
 * parts follow in base64 without padding, salt and hash. Passwords are taken as they are typed, as those programs do.
 */
final class ForeignHash {
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int MOST_ARGON2_KIB = 256 * 1024;
    private static final int MOST_ARGON2_PASSES = 100;
    private static final int MOST_ARGON2_LANES = 64;

    private static final String PARTS = "\\$([A-Za-z0-9+/.]*)\\$([A-Za-z0-9+/.]{16,})";
    private static final Pattern ARGON2 =
            Pattern.compile("\\$argon2(?:id|i|d)\\$v=(?:16|19)\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})" + PARTS);
    private static final Pattern DIGEST = Pattern.compile(
            "\\$(pbkdf2|symfony)-(md5|sha1|sha256|sha384|sha512)\\$(?:i=)?(\\d{1,8})(?:,l=\\d{1,3})?" + PARTS);

    private ForeignHash() {}

    /** Whether it is one, and of parameters that can be paid here. */
    static boolean isOne(String stored) {
        Matcher argon2 = ARGON2.matcher(stored);
        Matcher digest = DIGEST.matcher(stored);
        if (argon2.matches()) {
            return within(argon2.group(1), MOST_ARGON2_KIB)
                    && within(argon2.group(2), MOST_ARGON2_PASSES)
                    && within(argon2.group(3), MOST_ARGON2_LANES)
                    && isBase64(argon2.group(4))
                    && isBase64(argon2.group(5));
        }
        return digest.matches()
                && within(digest.group(3), MOST_ITERATIONS)
                && (digest.group(1).equals("symfony") || !digest.group(4).isEmpty()) // the JDK takes no empty salt
                && isBase64(digest.group(4))
                && isBase64(digest.group(5));
    }

    private static boolean isBase64(String text) {
        try {
            decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean within(String number, int most) {
        return Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= most;
    }

    /** All but salt and hash. */
    static String scheme(String stored) {
        return stored.substring(0, stored.lastIndexOf('$', stored.lastIndexOf('$') - 1));
    }

    static boolean verify(String password, String stored) {
        Matcher parts = DIGEST.matcher(stored);
        if (!parts.matches()) {
            return Argon2Function.getInstanceFromHash(stored).check(password, stored);
        }
        int iterations = Integer.parseInt(parts.group(3));
        byte[] salt = decode(parts.group(4));
        byte[] hash = decode(parts.group(5));
        try {
            return MessageDigest.isEqual(
                    hash,
                    parts.group(1).equals("pbkdf2")
                            ? pbkdf2(parts.group(2), iterations, password, salt, hash.length)
                            : symfony(parts.group(2), iterations, password, salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + parts.group(1) + " with " + parts.group(2), e);
        }
    }

    private static byte[] pbkdf2(String algorithm, int iterations, String password, byte[] salt, int bytes)
            throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmac" + algorithm.toUpperCase(Locale.ROOT))
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * 8))
                .getEncoded();
    }

    /** {@code MessageDigestPasswordEncoder}: the password with its salt in braces is mixed in again at each round. */
    private static byte[] symfony(String algorithm, int iterations, String password, byte[] salt)
            throws GeneralSecurityException {
        String salted = salt.length == 0 ? password : password + '{' + new String(salt, StandardCharsets.UTF_8) + '}';
        byte[] mixedIn = salted.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
        byte[] hash = digest.digest(mixedIn);
        for (int i = 1; i < iterations; i++) {
            digest.update(hash);
            hash = digest.digest(mixedIn);
        }
        return hash;
    }

    /** Some write a period for the plus. */
    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64.replace('.', '+'));
    }
}
