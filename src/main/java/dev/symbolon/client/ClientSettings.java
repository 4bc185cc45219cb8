package dev.symbolon.client;

import dev.symbolon.policy.PolicyMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private static final int MAX_NAME = 255;

    /** The grants that a client can be registered for. */
    public static final List<String> GRANTS = List.of(
            "client_credentials",
            "password",
            "refresh_token",
            "authorization_code",
            "urn:ietf:params:oauth:grant-type:device_code");

    /** Schemes with which a browser would run or show what is in the URI itself. */
    private static final Set<String> NO_REDIRECT = Set.of("javascript", "data", "vbscript", "file", "about", "blob");

    /** What is wrong with them, in words for the operator; empty if they may be stored. */
    public Optional<String> problem(boolean isPublic) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a client needs a --name of 1 to " + MAX_NAME + " characters, no control characters");
        }
        if (!GRANTS.containsAll(grants)) {
            return Optional.of("a grant is one of " + String.join(", ", GRANTS));
        }
        if (!scopes.stream().allMatch(Scopes::isScope)) {
            return Optional.of("a scope is made of printable ASCII without space, quote and backslash");
        }
        if (!redirectUris.stream().allMatch(ClientSettings::isRedirectUri)) {
            return Optional.of("a redirect URI is absolute, without fragment, and not of a scheme such as javascript:");
        }
        if (grants.isEmpty() && !introspect) {
            return Optional.of("a client needs a grant, or --introspect for a resource server");
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
        if (trusted && redirectUris.stream().anyMatch(ClientSettings::canBeImpersonated)) {
            return Optional.of("a public client with a loopback or custom-scheme URI cannot be trusted (RFC 8252 8.6)");
        }
        return Optional.empty();
    }

    private static boolean isRedirectUri(String text) {
        try {
            URI uri = new URI(text);
            boolean safe =
                    uri.isAbsolute() && !NO_REDIRECT.contains(uri.getScheme().toLowerCase(Locale.ROOT));
            return safe && uri.getRawFragment() == null && (!uri.isOpaque() || !isHttp(uri));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Any program on the user's machine can listen there in the client's stead. */
    private static boolean canBeImpersonated(String text) {
        URI uri = URI.create(text);
        return !isHttp(uri) || Set.of("127.0.0.1", "[::1]", "localhost").contains(String.valueOf(uri.getHost()));
    }

    private static boolean isHttp(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
    }

    Client toClient(String id, boolean isPublic, @Nullable String secretHash, long hashWork, Instant now) {
        return new Client(
                id,
                name,
                secretHash,
                null,
                null,
                hashWork,
                grants,
                scopes,
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
                0,
                now);
    }
}
