package dev.symbolon.policy;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Policy} decides about.
 *
 * @param grantType the grant that the token began with, also when it is refreshed or introspected
 * @param scopes those asked for, or granted once
 * @param user null for a token without a user ({@code client_credentials})
 * @param linked whether the user is linked to the client
 * @param linkScopes the most the link allows; null if it does not say, or there is none
 * @param address where the request came from: the client, or at introspection the resource server
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

    public record Client(String id, String name) {}

    public record User(UUID id, String username) {}
}
