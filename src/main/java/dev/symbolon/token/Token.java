package dev.symbolon.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row of an access or a refresh token.
 *
 * @param hash SHA-256 of the random part
 * @param familyId all that came of one login; null for an access token that came without a refresh token
 * @param grantType the grant that the family began with
 * @param userId null for a token without a user
 * @param scopes of an access token those it carries; of a refresh token those first granted
 * @param epoch the sum of the counters of client, user and pair, read before the credentials were checked. None of them
 *     ever shrinks, so that an equal sum means that none of them was raised.
 */
public record Token(
        UUID id,
        boolean refresh,
        byte[] hash,
        @Nullable UUID familyId,
        String grantType,
        String clientId,
        @Nullable UUID userId,
        Set<String> scopes,
        long epoch,
        Instant issuedAt,
        Instant expiresAt) {

    /** In whole seconds. */
    Duration lifetime() {
        return Duration.between(issuedAt, expiresAt);
    }
}
