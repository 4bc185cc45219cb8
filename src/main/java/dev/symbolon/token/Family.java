package dev.symbolon.token;

import java.time.Instant;
import java.util.UUID;

/**
 * All that comes of one login.
 *
 * @param expiresAt when the last of its tokens does
 */
public record Family(UUID id, Instant createdAt, Instant expiresAt) {
    /** Its end once it holds this token as well. */
    Family with(Token token) {
        return token.expiresAt().isAfter(expiresAt) ? new Family(id, createdAt, token.expiresAt()) : this;
    }
}
