package dev.symbolon.token;

import dev.symbolon.store.TimeOrderedId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

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
        DEVICE_CODE("sdc_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final int ENCODED_CHARACTERS = (ID_BYTES + SECRET_BYTES) / 3 * 4;
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

    /** Empty for anything that this service cannot have made. */
    public static Optional<TokenValue> parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix) && text.length() == kind.prefix.length() + ENCODED_CHARACTERS) {
                return decode(kind, text.substring(kind.prefix.length()));
            }
        }
        return Optional.empty();
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

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
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
