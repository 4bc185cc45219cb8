package dev.symbolon.token;

import dev.symbolon.client.Client;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * An authorization that passed scopes and policy.
 *
 * @param requested the scopes the client named; null if it named none
 * @param wanted those, or all there are
 * @param granted what the policy allows of them
 * @param letThrough what audit mode let through and has to be recorded; null if nothing
 * @param accessEnd when an access token expires at the latest, in whole seconds; {@link Instant#MAX} for no matter when
 * @param refreshEnd as {@code accessEnd}, of a refresh token
 */
record Approval(
        Client client,
        Authorization authorization,
        @Nullable Set<String> requested,
        Set<String> wanted,
        SortedSet<String> granted,
        @Nullable String letThrough,
        Instant now,
        Instant accessEnd,
        Instant refreshEnd) {}
