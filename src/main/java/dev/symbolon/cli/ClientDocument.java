package dev.symbolon.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.symbolon.client.Client;
import dev.symbolon.config.ScopeWords;
import dev.symbolon.policy.PolicyMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client as JSON shows it.
 *
 * @param clientSecret only when it was made just now
 * @param accessTtl in seconds; null for the configured one, as {@code refreshTtl}
 */
record ClientDocument(
        String clientId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String clientSecret,
        String name,
        Set<String> grants,
        Set<String> scopes,
        Map<String, String> scopeDescriptions,
        Set<String> redirectUris,
        @JsonProperty("public") boolean isPublic,
        boolean introspect,
        boolean enabled,
        @Nullable String policy,
        @Nullable String policyMode,
        @Nullable Long accessTtl,
        @Nullable Long refreshTtl,
        boolean requirePkce,
        boolean trusted,
        boolean compatFos,
        @Nullable String rateLimit,
        Instant createdAt) {

    static final List<String> HEADERS = List.of("CLIENT", "NAME", "GRANTS", "SCOPES", "KIND", "STATE", "POLICY");

    static ClientDocument of(Client client) {
        return of(client, null);
    }

    static ClientDocument of(Client client, @Nullable String secret) {
        return new ClientDocument(
                client.id(),
                secret,
                client.name(),
                client.grants(),
                client.scopes(),
                new TreeMap<>(client.scopeDescriptions()),
                client.redirectUris(),
                client.isPublic(),
                client.introspect(),
                client.enabled(),
                client.policy(),
                wireName(client.policyMode()),
                seconds(client.accessTtl()),
                seconds(client.refreshTtl()),
                client.requirePkce(),
                client.trusted(),
                client.compatFos(),
                client.rateLimit(),
                client.createdAt());
    }

    List<String> cells() {
        String kind = isPublic ? "public" : introspect ? "resource server" : "confidential";
        String rule = (policy == null ? "default" : policy) + (policyMode == null ? "" : "/" + policyMode);
        return List.of(
                clientId,
                name,
                Output.words(grants),
                Output.words(scopes),
                kind,
                enabled ? "enabled" : "disabled",
                rule);
    }

    /** All of it, a line each. */
    String lines() {
        return """
                client_id      %s
                name           %s
                grants         %s
                scopes         %s
                descriptions   %s
                redirect_uris  %s
                kind           %s
                introspect     %s
                state          %s
                policy         %s
                policy_mode    %s
                access_ttl     %s
                refresh_ttl    %s
                require_pkce   %s
                trusted        %s
                compat_fos     %s
                rate_limit     %s
                created_at     %s""".formatted(
                        clientId,
                        name,
                        Output.words(grants),
                        Output.words(scopes),
                        scopeDescriptions.isEmpty() ? "-" : ScopeWords.format(scopeDescriptions),
                        Output.words(redirectUris),
                        isPublic ? "public" : "confidential",
                        introspect,
                        enabled ? "enabled" : "disabled",
                        policy == null ? "default" : policy,
                        policyMode == null ? "default" : policyMode,
                        duration(accessTtl),
                        duration(refreshTtl),
                        requirePkce,
                        trusted,
                        compatFos,
                        rateLimit == null ? "none" : rateLimit,
                        createdAt);
    }

    /** As the option takes it. */
    private static String duration(@Nullable Long seconds) {
        if (seconds == null) {
            return "default";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds + "s";
    }

    private static @Nullable String wireName(@Nullable PolicyMode mode) {
        return mode == null ? null : mode.wireName();
    }

    private static @Nullable Long seconds(@Nullable Duration ttl) {
        return ttl == null ? null : ttl.toSeconds();
    }
}
