package dev.symbolon.authorize;

import dev.symbolon.client.Client;
import dev.symbolon.consent.Consents;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.policy.Verdict;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import dev.symbolon.session.Browser;
import dev.symbolon.session.BrowserSession;
import dev.symbolon.session.BrowserSessions;
import dev.symbolon.token.AuthorizationCodeGrant;
import dev.symbolon.user.ResourceOwner;
import dev.symbolon.user.UserAuthenticator;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides what has to happen next with an authorization request, from what holds now: login, then the request's own
 * faults, then the policy, then consent. Changes nothing.
 *
 * @param discloseDenial false: a denied user is treated as one who could not log in
 */
record Steps(
        UserAuthenticator users,
        BrowserSessions sessions,
        Consents consents,
        PolicyGate gate,
        boolean discloseDenial,
        Clock clock) {

    /** @throws dev.symbolon.policy.NoDecisionException if the policy does not know */
    Step next(AuthorizationRequest request, Browser browser, String address) {
        Optional<ResourceOwner> owner = browser.session()
                .filter(login -> request.accepts(login, clock.instant()))
                .flatMap(login -> owner(request.client(), login));
        if (owner.isEmpty()) {
            return new Step.LogIn();
        }
        return request.problem() == null ? judge(request, owner.get(), address) : new Step.Refuse(request.problem());
    }

    /** The session is looked at once more when the counters have been read, so that they are older than its end. */
    private Optional<ResourceOwner> owner(Client client, BrowserSession login) {
        return users.find(login.userId(), client.id()).filter(found -> sessions.isAlive(login));
    }

    private Step judge(AuthorizationRequest request, ResourceOwner owner, String address) {
        Verdict verdict = ask(request, owner, address);
        if (verdict instanceof Verdict.Refused refused) {
            return discloseDenial ? new Step.Deny(owner, refused.reason()) : new Step.LogIn();
        }
        Set<String> scopes = ((Verdict.Granted) verdict).scopes();
        if (request.requested() != null && !scopes.containsAll(request.requested())) {
            return new Step.Refuse(
                    AuthorizationError.invalidScope("scope exceeds what this user may use this client for, which is '"
                            + String.join(" ", scopes) + "'"));
        }
        return needsConsent(request, owner, scopes) ? new Step.Ask(owner, scopes) : new Step.Allow(owner, scopes);
    }

    /** Whether the policy would deny this user, who has just proved who they are. */
    boolean denies(AuthorizationRequest request, ResourceOwner owner, String address) {
        return ask(request, owner, address) instanceof Verdict.Refused;
    }

    private Verdict ask(AuthorizationRequest request, ResourceOwner owner, String address) {
        Client client = request.client();
        Set<String> registered = new TreeSet<>(request.wanted());
        registered.retainAll(client.scopes());
        var asked = new PolicyRequest(
                Moment.ISSUE,
                AuthorizationCodeGrant.TYPE,
                registered,
                new PolicyRequest.Client(client.id(), client.name()),
                owner.policyUser(),
                owner.assignment().linked(),
                owner.assignment().scopes(),
                address);
        return gate.ask(asked, client.policy(), client.policyMode());
    }

    /** A client that another program could pose as is never let through without asking (RFC 8252 section 8.6). */
    private boolean needsConsent(AuthorizationRequest request, ResourceOwner owner, Set<String> scopes) {
        Client client = request.client();
        return request.asksForConsent()
                || client.canBeImpersonated()
                || (!client.trusted() && !consents.covers(owner.id(), client.id(), scopes));
    }
}
