package dev.symbolon.token;

import dev.symbolon.http.OAuthError.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row of a device code and its user code (RFC 8628 section 3.2).
 *
 * @param hash SHA-256 of the device code's random part
 * @param scopes those that the device named, null if it named none; those granted once the user has allowed it
 * @param epoch the counter of the client, read before its credentials were checked; once there is an answer the sum of
 *     those of client, user and pair, read before the login was checked
 * @param pollInterval what the device has to leave between two polls, in whole seconds
 * @param userId who has answered; null as long as nobody has, as {@code answer}
 * @param usedAt null until it is exchanged
 */
public record DeviceCode(
        UUID id,
        byte[] hash,
        String clientId,
        @Nullable Set<String> scopes,
        long epoch,
        Duration pollInterval,
        Instant nextPollAt,
        Instant expiresAt,
        @Nullable UUID userId,
        @Nullable Answer answer,
        @Nullable Instant usedAt) {

    /** What comes of it for the device. */
    public enum Answer {
        ALLOWED(null, ""),
        DENIED(Code.ACCESS_DENIED, "the user may not or does not want to"),
        TOO_MUCH(Code.INVALID_SCOPE, "scope exceeds what this user may use this client for");

        final @Nullable Code error;
        private final String description;

        Answer(@Nullable Code error, String description) {
            this.error = error;
            this.description = description;
        }

        public String description() {
            return description;
        }
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "DeviceCode[" + id + "]";
    }
}
