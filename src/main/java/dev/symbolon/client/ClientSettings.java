package dev.symbolon.client;

import dev.symbolon.policy.PolicyMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator decides about a client, in {@code client create} and {@code client update}. */
public record ClientSettings(
        String name,
        Set<String> grants,
        Set<String> scopes,
        Set<String> redirectUris,
        boolean introspect,
        @Nullable String policy,
        @Nullable PolicyMode policyMode,
        @Nullable Duration accessTtl,
        @Nullable Duration refreshTtl,
        boolean requirePkce,
        boolean trusted) {

    Client toClient(String id, boolean isPublic, @Nullable String secretHash, long hashWork, Instant now) {
        return new Client(
                id, name, secretHash, null, null, hashWork, grants, scopes, redirectUris, isPublic, introspect, true,
                policy, policyMode, accessTtl, refreshTtl, requirePkce, trusted, 0, now);
    }
}
