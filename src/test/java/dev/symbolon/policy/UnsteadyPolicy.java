package dev.symbolon.policy;

import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.policy.spi.PolicyRequest;
import java.util.Set;
import java.util.function.Function;

/** A plug-in, found by {@code ServiceLoader} in the tests, that answers whatever a test wants. */
public final class UnsteadyPolicy implements Policy {
    public static final String TYPE = "unsteady";

    /** What it does when it is asked; null is an answer, too. */
    public static volatile Function<PolicyRequest, Decision> answer = request -> new Decision.Allow(request.scopes());

    public static void allow() {
        answer = request -> new Decision.Allow(request.scopes());
    }

    static void allow(String... scopes) {
        answer = request -> new Decision.Allow(Set.of(scopes));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Decision decide(PolicyRequest request) {
        return answer.apply(request);
    }

    /** A plug-in that cannot even say this. */
    @Override
    public boolean enforcesLinks() {
        throw new IllegalStateException("out of order");
    }
}
