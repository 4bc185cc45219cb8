package dev.symbolon.token;

import dev.symbolon.store.TimeOrderedId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A token, an authorization code or a device code as the client holds it: a prefix that people and secret scanners
 * recognise, and base64url of the id it is found by and of 256 random bits, of which only the SHA-256 is stored. 68
 * characters.
 */
public final class TokenValue {
    /** What the prefix says. */
    public enum Kind {
        ACCESS("sat_"),
        REFRESH("srt_"),
        CODE("sac_"),
        DEVICE_CODE("sdc_"),
        /** Access or refresh token of another program, which it does not say. */
        FOREIGN("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final int ENCODED_CHARACTERS = (ID_BYTES + SECRET_BYTES) / 3 * 4;
    private static final Set<Kind> OWN = EnumSet.complementOf(EnumSet.of(Kind.FOREIGN));
    private static final Pattern FOREIGN = Pattern.compile("[!-~]{32,255}");
    private static final byte[] FOREIGN_ID = "symbolon foreign token id\n".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kind kind;
    private final UUID id;
    private final byte[] secret;

    TokenValue(Kind kind, UUID id, byte[] secret) {
        this.kind = kind;
        this.id = id;
        this.secret = secret.clone();
    }

    static TokenValue random(Kind kind, Instant now) {
        return new TokenValue(kind, TimeOrderedId.at(now), randomBytes());
    }

    static byte[] randomBytes() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Empty for anything that neither this service has made nor an import has let in. */
    public static Optional<TokenValue> parse(String text) {
        for (Kind kind : OWN) {
            if (text.startsWith(kind.prefix)) {
                return text.length() == kind.prefix.length() + ENCODED_CHARACTERS
                        ? decode(kind, text.substring(kind.prefix.length()))
                        : Optional.empty();
            }
        }
        return foreign(text);
    }

    /**
     * A token of another program, which may have moved in with its users. It is found as any other: its id is a hash of
     * it (UUID version 8), which has nothing in common with the one that is compared. Empty if it is too short to be
     * kept as a mere hash, too long, or holds what no token may (RFC 6749 appendix A.12).
     */
    public static Optional<TokenValue> foreign(String text) {
        if (!FOREIGN.matcher(text).matches() || OWN.stream().anyMatch(kind -> text.startsWith(kind.prefix))) {
            return Optional.empty();
        }
        byte[] secret = text.getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = sha256();
        digest.update(FOREIGN_ID);
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest(secret));
        UUID id = new UUID((bytes.getLong() & ~0xF000L) | 0x8000L, (bytes.getLong() >>> 2) | (1L << 63));
        return Optional.of(new TokenValue(Kind.FOREIGN, id, secret));
    }

    private static Optional<TokenValue> decode(Kind kind, String encoded) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            if (bytes.remaining() != ID_BYTES + SECRET_BYTES) { // it ended in padding
                return Optional.empty();
            }
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            byte[] secret = new byte[SECRET_BYTES];
            bytes.get(secret);
            return Optional.of(new TokenValue(kind, id, secret));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public Kind kind() {
        return kind;
    }

    public UUID id() {
        return id;
    }

    byte[] secret() {
        return secret.clone();
    }

    /** What is stored of it. */
    public byte[] hash() {
        return sha256().digest(secret);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** In constant time. */
    boolean matches(byte[] storedHash) {
        return MessageDigest.isEqual(hash(), storedHash);
    }

    /** For the client alone. */
    String encoded() {
        byte[] bytes = ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(secret)
                .array();
        return kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return kind.prefix + id;
    }
}
