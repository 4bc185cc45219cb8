package dev.symbolon.client;

import dev.symbolon.limit.RateLimit;
import dev.symbolon.policy.PolicyMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator decides about a client, in {@code client create} and {@code client update}. */
public record ClientSettings(
        String name,
        Set<String> grants,
        Set<String> scopes,
        Map<String, String> scopeDescriptions,
        Set<String> redirectUris,
        boolean introspect,
        @Nullable String policy,
        @Nullable PolicyMode policyMode,
        @Nullable Duration accessTtl,
        @Nullable Duration refreshTtl,
        boolean requirePkce,
        boolean trusted,
        boolean compatFos,
        @Nullable String rateLimit) {

    private static final int MAX_NAME = 255;
    private static final int MAX_DESCRIPTION = 200;

    /** The grants that a client can be registered for. */
    public static final List<String> GRANTS = List.of(
            "client_credentials",
            "password",
            "refresh_token",
            "authorization_code",
            "urn:ietf:params:oauth:grant-type:device_code");

    /** What is wrong with them, in words for the operator; empty if they may be stored. */
    public Optional<String> problem(boolean isPublic) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a client needs a --name of 1 to " + MAX_NAME + " characters, no control characters");
        }
        if (!GRANTS.containsAll(grants)) {
            return Optional.of("a grant is one of " + String.join(", ", GRANTS));
        }
        if (!scopes.stream().allMatch(Scopes::isScope)) {
            return Optional.of(Scopes.FORM);
        }
        if (scopeDescriptions.values().stream().anyMatch(words -> words.length() > MAX_DESCRIPTION)) {
            return Optional.of("a scope description has at most " + MAX_DESCRIPTION + " characters");
        }
        if (!redirectUris.stream().allMatch(RedirectUri::isAcceptable)) {
            return Optional.of(
                    "a redirect URI is an https:// URL, http:// on 127.0.0.1, [::1] or localhost, or of a scheme"
                            + " with a period in it such as com.example.app:/callback; without fragment and user name");
        }
        if (rateLimit != null && RateLimit.parse(rateLimit).isEmpty()) {
            return Optional.of("a rate limit is " + RateLimit.TAKES);
        }
        if (grants.isEmpty() && !introspect) {
            return Optional.of("a client needs a grant, or --introspect for a resource server");
        }
        if (grants.contains("authorization_code") && redirectUris.isEmpty()) {
            return Optional.of("authorization_code needs a --redirect-uri");
        }
        return isPublic ? publicProblem() : Optional.empty();
    }

    private Optional<String> publicProblem() {
        if (introspect) {
            return Optional.of("a public client cannot introspect: it has no secret to authenticate with");
        }
        if (grants.contains("client_credentials")) {
            return Optional.of("a public client cannot use client_credentials (RFC 6749 section 4.4)");
        }
        if (trusted && redirectUris.stream().anyMatch(RedirectUri::canBeImpersonated)) {
            return Optional.of("a public client with a loopback or custom-scheme URI cannot be trusted (RFC 8252 8.6)");
        }
        return Optional.empty();
    }

    public Client toClient(String id, boolean isPublic, @Nullable String secretHash, long hashWork, Instant now) {
        return new Client(
                id,
                name,
                secretHash,
                null,
                null,
                hashWork,
                grants,
                scopes,
                scopeDescriptions,
                redirectUris,
                isPublic,
                introspect,
                true,
                policy,
                policyMode,
                accessTtl,
                refreshTtl,
                requirePkce,
                trusted,
                compatFos,
                rateLimit,
                0,
                now);
    }
}
