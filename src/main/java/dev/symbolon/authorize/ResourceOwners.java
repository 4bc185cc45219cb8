package dev.symbolon.authorize;

import dev.symbolon.client.Client;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.policy.Verdict;
import dev.symbolon.session.BrowserSession;
import dev.symbolon.session.BrowserSessions;
import dev.symbolon.user.ResourceOwner;
import dev.symbolon.user.UserAuthenticator;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in front of a page of ours, and what the policy says of them.
 *
 * @param discloseDenial false: a denied user is treated as one who could not log in
 */
public record ResourceOwners(
        UserAuthenticator users, BrowserSessions sessions, PolicyGate gate, boolean discloseDenial) {

    /**
     * The user of a session as the client sees them. The session is looked at once more when the counters have been
     * read, so that they are older than its end.
     */
    public Optional<ResourceOwner> of(BrowserSession login, Client client) {
        return users.find(login.userId(), client.id()).filter(found -> sessions.isAlive(login));
    }

    /**
     * Asks whether this user may have a token of this client, for these scopes as far as the client has them.
     *
     * @throws dev.symbolon.policy.NoDecisionException if the policy does not know
     */
    public Verdict ask(ResourceOwner owner, Client client, String grantType, Set<String> wanted, String address) {
        return gate.ask(owner.request(client, grantType, wanted, address), client.policy(), client.policyMode());
    }
}
