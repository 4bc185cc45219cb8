package dev.symbolon.client;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.PolicyMode;
import dev.symbolon.policy.spi.PolicyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A registered client (RFC 6749 section 2).
 *
 * @param secretHash null for a public client
 * @param oldSecretHash a rotated secret that still works until {@code oldSecretUntil}
 * @param hashWork units of work that checking its secrets takes, see {@link PasswordHasher}
 * @param scopeDescriptions what its scopes mean to people; those that have none are described by the configuration
 * @param introspect whether it may introspect every client's access tokens (a resource server)
 * @param policy null for the configured one, as {@code policyMode}, {@code accessTtl} and {@code refreshTtl}
 * @param compatFos whether it is answered as FOSOAuthServerBundle did, where the configuration has {@code compat.fos}
 * @param rateLimit see {@link dev.symbolon.limit.RateLimit}; null for none
 * @param epoch raised by what kills its tokens for good
 */
public record Client(
        String id,
        String name,
        @Nullable String secretHash,
        @Nullable String oldSecretHash,
        @Nullable Instant oldSecretUntil,
        long hashWork,
        Set<String> grants,
        Set<String> scopes,
        Map<String, String> scopeDescriptions,
        Set<String> redirectUris,
        boolean isPublic,
        boolean introspect,
        boolean enabled,
        @Nullable String policy,
        @Nullable PolicyMode policyMode,
        @Nullable Duration accessTtl,
        @Nullable Duration refreshTtl,
        boolean requirePkce,
        boolean trusted,
        boolean compatFos,
        @Nullable String rateLimit,
        long epoch,
        Instant createdAt) {

    /**
     * Whether any program on the user's machine could pose as it: its users are asked each time (RFC 8252 section 8.6).
     */
    public boolean canBeImpersonated() {
        return isPublic && redirectUris.stream().anyMatch(RedirectUri::canBeImpersonated);
    }

    /** Those of the given scopes that it is registered for. */
    public SortedSet<String> registered(Set<String> wanted) {
        SortedSet<String> registered = new TreeSet<>(wanted);
        registered.retainAll(scopes);
        return registered;
    }

    /** As the policy sees it. */
    public PolicyRequest.Client policyClient() {
        return new PolicyRequest.Client(id, name);
    }

    /** Where its pages come from, if its users' browsers run it; a confidential client calls from a server. */
    Set<String> origins() {
        return isPublic
                ? redirectUris.stream()
                        .flatMap(uri -> RedirectUri.origin(uri).stream())
                        .collect(toUnmodifiableSet())
                : Set.of();
    }

    /** The hashes of the secrets that work now. */
    List<String> secretHashes(Instant now) {
        if (secretHash == null) {
            return List.of();
        }
        boolean both = oldSecretHash != null && oldSecretUntil != null && now.isBefore(oldSecretUntil);
        return both ? List.of(secretHash, oldSecretHash) : List.of(secretHash);
    }

    /** Of its secrets; one of them at most is of another scheme than bcrypt, see {@link PasswordHasher#scheme}. */
    public String hashScheme() {
        return hashScheme(secretHash, oldSecretHash);
    }

    static String hashScheme(@Nullable String hash, @Nullable String oldHash) {
        return Stream.of(hash, oldHash)
                .filter(Objects::nonNull)
                .map(PasswordHasher::scheme)
                .filter(scheme -> !scheme.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Never the hashes. */
    @Override
    public String toString() {
        return "Client[" + id + "]";
    }
}
