package com.example;

import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.policy.spi.PolicyRequest;
import java.util.HashSet;
import java.util.Set;

/** Linked users may do what their links allow, but write only if they are in the group staff. */
public final class StaffWrites implements Policy {
    @Override
    public String type() {
        return "staff-writes";
    }

    @Override
    public Decision decide(PolicyRequest request) {
        if (request.user() == null) { // a client that acts for itself
            return new Decision.Allow(request.scopes());
        }
        if (!request.linked()) {
            return new Decision.Deny("user is not linked to this client");
        }
        Set<String> scopes = new HashSet<>(request.scopes());
        if (request.linkScopes() != null) {
            scopes.retainAll(request.linkScopes());
        }
        if (!request.user().groups().contains("staff")) {
            scopes.remove("write");
        }
        return new Decision.Allow(scopes);
    }

    @Override
    public boolean enforcesLinks() {
        return true;
    }
}
