package dev.symbolon.user;

import dev.symbolon.client.Client;
import dev.symbolon.link.Assignment;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A user as seen by one client, or by none, read in one statement.
 *
 * @param epoch the sum of the counters of the user and of the user-client pair; it grows with every event that kills
 *     their tokens for good
 * @param assignment by which links this user may use the client
 */
public record ResourceOwner(
        UUID id,
        String username,
        String passwordHash,
        boolean enabled,
        long epoch,
        @Nested Assignment assignment) {

    public PolicyRequest.User policyUser() {
        return new PolicyRequest.User(id, username, assignment.groups());
    }

    /**
     * What the policy is to be asked before this user gets a token of the client.
     *
     * @param wanted scopes, which are asked for as far as the client has them
     * @param address as {@link PolicyRequest} has it
     */
    public PolicyRequest request(Client client, String grantType, Set<String> wanted, String address) {
        return assignment.request(
                Moment.ISSUE, grantType, client.registered(wanted), client.policyClient(), policyUser(), address);
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "ResourceOwner[" + id + "]";
    }
}
