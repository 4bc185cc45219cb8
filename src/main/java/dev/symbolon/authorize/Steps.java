package dev.symbolon.authorize;

import dev.symbolon.client.Client;
import dev.symbolon.consent.Consents;
import dev.symbolon.policy.Verdict;
import dev.symbolon.session.Browser;
import dev.symbolon.token.AuthorizationCodeGrant;
import dev.symbolon.user.ResourceOwner;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what has to happen next with an authorization request, from what holds now: login, then the request's own
 * faults, then the policy, then consent. Changes nothing.
 */
record Steps(ResourceOwners owners, Consents consents, Clock clock) {

    /** @throws dev.symbolon.policy.NoDecisionException if the policy does not know */
    Step next(AuthorizationRequest request, Browser browser, String address) {
        Optional<ResourceOwner> owner = browser.session()
                .filter(login -> request.accepts(login, clock.instant()))
                .flatMap(login -> owners.of(login, request.client()));
        if (owner.isEmpty()) {
            return new Step.LogIn();
        }
        return request.problem() == null ? judge(request, owner.get(), address) : new Step.Refuse(request.problem());
    }

    private Step judge(AuthorizationRequest request, ResourceOwner owner, String address) {
        Verdict verdict = ask(request, owner, address);
        if (verdict instanceof Verdict.Refused refused) {
            return owners.discloseDenial() ? new Step.Deny(owner, refused.reason()) : new Step.LogIn();
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
        return owners.ask(owner, request.client(), AuthorizationCodeGrant.TYPE, request.wanted(), address);
    }

    /** A client that another program could pose as is never let through without asking (RFC 8252 section 8.6). */
    private boolean needsConsent(AuthorizationRequest request, ResourceOwner owner, Set<String> scopes) {
        Client client = request.client();
        return request.asksForConsent()
                || client.canBeImpersonated()
                || (!client.trusted() && !consents.covers(owner.id(), client.id(), scopes));
    }
}
