package dev.symbolon.policy;

import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.policy.spi.PolicyRequest;
import java.util.HashSet;
import java.util.Set;

/** Allows linked users, within the scopes of their link; a client without a user is never denied. */
public final class RequireLink implements Policy {
    /** Its reason to deny, which people get to read in their language, whichever policy gives it. */
    public static final String UNLINKED = "user is not linked to this client";

    @Override
    public String type() {
        return "require-link";
    }

    @Override
    public Decision decide(PolicyRequest request) {
        if (request.user() != null && !request.linked()) {
            return new Decision.Deny(UNLINKED);
        }
        Set<String> most = request.linkScopes();
        if (most == null) {
            return new Decision.Allow(request.scopes());
        }
        Set<String> scopes = new HashSet<>(request.scopes());
        scopes.retainAll(most);
        return new Decision.Allow(scopes);
    }

    @Override
    public boolean enforcesLinks() {
        return true;
    }
}
