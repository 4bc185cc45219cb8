package dev.symbolon.policy;

import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.policy.spi.PolicyRequest;

/** Allows every user every client. */
public final class AllowAll implements Policy {
    @Override
    public String type() {
        return "allow-all";
    }

    @Override
    public Decision decide(PolicyRequest request) {
        return new Decision.Allow(request.scopes());
    }
}
