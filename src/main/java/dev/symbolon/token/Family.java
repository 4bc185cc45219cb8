package dev.symbolon.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that comes of one login.
 *
 * @param doorId the door that it came through and is bound to; null for none
 * @param expiresAt when the last of its tokens does
 */
public record Family(UUID id, @Nullable UUID doorId, Instant createdAt, Instant expiresAt) {
    /** Its end once it holds this token as well. */
    Family with(Token token) {
        return token.expiresAt().isAfter(expiresAt) ? new Family(id, doorId, createdAt, token.expiresAt()) : this;
    }
}
