package dev.symbolon.policy.spi;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Policy} decides about.
 *
 * @param grantType the grant that the token began with, also when it is refreshed or introspected
 * @param scopes those asked for, or granted once
 * @param user null for a token without a user ({@code client_credentials})
 * @param linked whether the user is linked to the client, by a link of their own or of a group, that has not ended
 * @param linkScopes the most that the links allow together; null if one of them does not say, or there is none
 * @param address where the request came from: the client, or at introspection the resource server; empty if an operator
 *     asks what would be decided
 */
public record PolicyRequest(
        Moment moment,
        String grantType,
        Set<String> scopes,
        Client client,
        @Nullable User user,
        boolean linked,
        @Nullable Set<String> linkScopes,
        String address) {

    /** When a policy is asked. */
    public enum Moment {
        ISSUE,
        REFRESH,
        INTROSPECT
    }

    /** @param name as people see it */
    public record Client(String id, String name) {}

    /**
     * @param id stays the same whatever else changes
     * @param groups the names of all groups that the user is in
     */
    public record User(UUID id, String username, Set<String> groups) {
        public User {
            groups = Set.copyOf(groups);
        }
    }

    /** Nothing in it can be changed afterwards. */
    public PolicyRequest {
        scopes = Set.copyOf(scopes);
        linkScopes = linkScopes == null ? null : Set.copyOf(linkScopes);
    }
}
