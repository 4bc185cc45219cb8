package dev.symbolon.token;

import dev.symbolon.link.Assignment;
import dev.symbolon.policy.PolicyMode;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/**
 * A token with all that decides whether it is alive now, read in one statement.
 *
 * @param doorId the door that it came through; null for none
 * @param dead whether its family was revoked, its client or user was disabled or is gone, its door is gone, or the
 *     counters of client, user and pair are no longer those it was issued under
 */
public record TokenState(
        UUID id,
        boolean refresh,
        byte[] hash,
        @Nullable UUID familyId,
        @Nullable Instant familyCreatedAt,
        @Nullable UUID doorId,
        String grantType,
        String clientId,
        @Nullable String clientName,
        @Nullable Set<String> clientScopes,
        @Nullable String policy,
        @Nullable PolicyMode policyMode,
        @Nullable UUID userId,
        @Nullable String username,
        @Nested Assignment assignment,
        Set<String> scopes,
        long epoch,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Instant rotatedAt,
        boolean dead) {

    /** Neither expired nor dead nor rotated; what the policy says comes on top. A token is expired at its expiry. */
    public boolean isLive(Instant now) {
        return !dead && rotatedAt == null && now.isBefore(expiresAt);
    }

    /** Those of the given scopes that the client still has. */
    Set<String> stillRegistered(Set<String> wanted) {
        Set<String> registered = new TreeSet<>(wanted);
        registered.retainAll(Objects.requireNonNullElse(clientScopes, Set.of()));
        return registered;
    }

    /** What the policy is to be asked; for a token that is not dead. */
    PolicyRequest policyRequest(Moment moment, Set<String> wanted, String address) {
        var client = new PolicyRequest.Client(clientId, String.valueOf(clientName));
        return assignment.request(moment, grantType, wanted, client, user(), address);
    }

    PolicyRequest.@Nullable User user() {
        return userId == null ? null : new PolicyRequest.User(userId, String.valueOf(username), assignment.groups());
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "TokenState[" + id + "]";
    }
}
