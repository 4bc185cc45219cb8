package dev.symbolon.migrate;

import dev.symbolon.password.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its shape how Symfony made a hash, since its tables do not say, and words it so that it can be verified.
 * Plaintext has no shape, and is none.
 */
final class FosPassword {
    private static final int ENCODED_ITERATIONS = 5000;
    private static final int HEX_ITERATIONS = 1;
    private static final int PBKDF2_BYTES = 40;

    /** By the bytes of the digest. */
    private static final Map<Integer, String> ALGORITHMS =
            Map.of(16, "md5", 20, "sha1", 32, "sha256", 48, "sha384", 64, "sha512");

    private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2})+");

    private FosPassword() {}

    /**
     * What to store.
     *
     * @param iterations as configured in {@code security.yml}; null for the defaults of Symfony
     */
    static Optional<String> toStored(String hash, @Nullable String salt, @Nullable Integer iterations) {
        if (hash.startsWith("$")) {
            return Optional.of(hash).filter(PasswordHasher::isUsable);
        }
        String used = salt == null ? "" : salt;
        if (used.contains("{") || used.contains("}")) { // Symfony refuses them, too
            return Optional.empty();
        }
        boolean hex = HEX.matcher(hash).matches() && ALGORITHMS.containsKey(hash.length() / 2);
        return (hex ? Optional.of(HexFormat.of().parseHex(hash)) : base64(hash))
                .flatMap(bytes ->
                        phc(bytes, used, iterations == null ? hex ? HEX_ITERATIONS : ENCODED_ITERATIONS : iterations))
                .filter(PasswordHasher::isUsable);
    }

    private static Optional<byte[]> base64(String hash) {
        try {
            return hash.length() % 4 == 0 ? Optional.of(Base64.getDecoder().decode(hash)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> phc(byte[] hash, String salt, int iterations) {
        String scheme = hash.length == PBKDF2_BYTES ? "pbkdf2-sha512" : "symfony-" + ALGORITHMS.get(hash.length);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return Optional.of("$%s$i=%d$%s$%s"
                .formatted(
                        scheme,
                        iterations,
                        base64.encodeToString(salt.getBytes(StandardCharsets.UTF_8)),
                        base64.encodeToString(hash)));
    }
}
