package dev.symbolon.door;

import dev.symbolon.token.PasswordGrant;
import dev.symbolon.token.RefreshTokenGrant;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Where anybody gets tokens of one confidential client.
 *
 * @param name in its path
 * @param id what tokens are bound to: a later door of the same name is another one
 * @param origins whose pages may call it, as browsers write them
 * @param rateLimit see {@link dev.symbolon.limit.RateLimit}
 */
public record Door(
        String name,
        UUID id,
        String clientId,
        Set<String> grants,
        Set<String> origins,
        String rateLimit,
        Instant createdAt) {

    /** The grants that a door can be for: those by which a person, and not the client, proves something. */
    public static final List<String> GRANTS = List.of(PasswordGrant.TYPE, RefreshTokenGrant.TYPE);
}
