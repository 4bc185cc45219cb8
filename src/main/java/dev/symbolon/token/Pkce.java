package dev.symbolon.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Proof key for code exchange (RFC 7636), with the method S256 alone. */
public final class Pkce {
    /** Of the challenge and of the verifier it is derived from. */
    public static final String METHOD = "S256";

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private Pkce() {}

    /** Whether it could be base64url of a SHA-256. */
    public static boolean isChallenge(String text) {
        return CHALLENGE.matcher(text).matches();
    }

    /** Whether the verifier belongs to the challenge; a verifier without one is a downgrade (RFC 9700 section 4.8.2). */
    static boolean proves(Optional<String> verifier, @Nullable String challenge) {
        return challenge == null
                ? verifier.isEmpty()
                : verifier.filter(text -> VERIFIER.matcher(text).matches())
                        .filter(text -> MessageDigest.isEqual(sha256(text), challenge.getBytes(US_ASCII)))
                        .isPresent();
    }

    private static byte[] sha256(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encode(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
