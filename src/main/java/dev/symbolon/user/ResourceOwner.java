package dev.symbolon.user;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as seen by one client, read in one statement.
 *
 * @param epoch the sum of the counters of the user and of the user-client pair; it grows with every event that kills
 *     their tokens for good
 * @param linked whether this user is linked to the client
 * @param linkScopes the most the link allows; null if it does not say
 */
public record ResourceOwner(
        UUID id,
        String username,
        String passwordHash,
        boolean enabled,
        long epoch,
        boolean linked,
        @Nullable Set<String> linkScopes) {

    /** Never the hash. */
    @Override
    public String toString() {
        return "ResourceOwner[" + id + "]";
    }
}
