package dev.symbolon.migrate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.symbolon.client.Client;
import dev.symbolon.policy.PolicyMode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client as a line of JSON; what is missing is as {@code client create} leaves it.
 *
 * @param clientSecret plain, and never exported; null where there is a {@code secretHash}
 * @param accessTtl in seconds, as {@code refreshTtl}
 */
public record ClientLine(
        @Nullable String clientId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String clientSecret,
        @Nullable String secretHash,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String oldSecretHash,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String oldSecretUntil,
        @Nullable String name,
        @Nullable Set<String> grants,
        @Nullable Set<String> scopes,
        @Nullable Map<String, String> scopeDescriptions,
        @Nullable Set<String> redirectUris,
        @JsonProperty("public") @Nullable Boolean isPublic,
        @Nullable Boolean introspect,
        @Nullable Boolean enabled,
        @Nullable String policy,
        @Nullable String policyMode,
        @Nullable Long accessTtl,
        @Nullable Long refreshTtl,
        @Nullable Boolean requirePkce,
        @Nullable Boolean trusted,
        @Nullable Boolean compatFos,
        @Nullable String rateLimit,
        @Nullable String createdAt) {

    public static ClientLine of(Client client) {
        PolicyMode mode = client.policyMode();
        return new ClientLine(
                client.id(),
                null,
                client.secretHash(),
                client.oldSecretHash(),
                client.oldSecretUntil() == null ? null : client.oldSecretUntil().toString(),
                client.name(),
                client.grants(),
                client.scopes(),
                new TreeMap<>(client.scopeDescriptions()),
                client.redirectUris(),
                client.isPublic(),
                client.introspect(),
                client.enabled(),
                client.policy(),
                mode == null ? null : mode.wireName(),
                seconds(client.accessTtl()),
                seconds(client.refreshTtl()),
                client.requirePkce(),
                client.trusted(),
                client.compatFos(),
                client.rateLimit(),
                client.createdAt().toString());
    }

    private static @Nullable Long seconds(@Nullable Duration ttl) {
        return ttl == null ? null : ttl.toSeconds();
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "ClientLine[" + clientId + "]";
    }
}
