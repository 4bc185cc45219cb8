package dev.symbolon.policy;

import dev.symbolon.policy.Decision.Allow;
import dev.symbolon.policy.Decision.Deny;
import dev.symbolon.policy.Verdict.Granted;
import dev.symbolon.policy.Verdict.Refused;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door that every token passes: asks the policy that is in force for the client, and applies its mode. Never
 * called inside a database transaction. Thread-safe if the policies are.
 */
public final class PolicyGate {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyGate.class);
    private static final int MAX_REASON = 200;

    private final Map<String, Policy> policies = new TreeMap<>();
    private final Policy defaultPolicy;
    private final PolicyMode defaultMode;

    /** @throws IllegalArgumentException if there is no policy of the default type, or two of one type */
    public PolicyGate(Collection<Policy> policies, String defaultType, PolicyMode defaultMode) {
        for (Policy policy : policies) {
            if (this.policies.put(policy.type(), policy) != null) {
                throw new IllegalArgumentException("there are two policies of type " + policy.type());
            }
        }
        if (!this.policies.containsKey(defaultType)) {
            throw new IllegalArgumentException("there is no policy of type " + defaultType + ", only " + types());
        }
        this.defaultPolicy = this.policies.get(defaultType);
        this.defaultMode = defaultMode;
    }

    public Set<String> types() {
        return policies.keySet();
    }

    /**
     * @param type the client's own policy; null for the configured one, as {@code mode}
     * @throws NoDecisionException if the policy in force gives no clear answer, unless the mode is audit
     */
    public Verdict ask(PolicyRequest request, @Nullable String type, @Nullable PolicyMode mode) {
        boolean audit = mode(mode) == PolicyMode.AUDIT;
        try {
            Decision decision = Objects.requireNonNull(policy(type).decide(request), "a policy must not answer null");
            return audit ? record(request, decision) : enforce(request, decision);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // a plug-in's bugs
            String name = type == null ? defaultPolicy.type() : type;
            LOG.warn("policy {} gave no decision: {}", name, e.toString());
            LOG.debug("policy {} failed here", name, e);
            if (!audit) {
                throw new NoDecisionException(name);
            }
            return new Granted(request.scopes(), "the policy gave no decision");
        }
    }

    /** Whether removing a link of this client kills the tokens that hang on it; so does a policy that cannot say. */
    public boolean enforcesLinks(@Nullable String type, @Nullable PolicyMode mode) {
        try {
            return mode(mode) == PolicyMode.ENFORCE && policy(type).enforcesLinks();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return true;
        }
    }

    private static Verdict enforce(PolicyRequest request, Decision decision) {
        return decision instanceof Deny deny
                ? new Refused(cut(deny.reason()))
                : new Granted(allowed(request, (Allow) decision), null);
    }

    /** In audit mode everything is granted, and what would not have been is said. */
    private static Verdict record(PolicyRequest request, Decision decision) {
        if (decision instanceof Deny deny) {
            return new Granted(request.scopes(), cut(deny.reason()));
        }
        boolean narrowed = !allowed(request, (Allow) decision).containsAll(request.scopes());
        return new Granted(request.scopes(), narrowed ? "user may not have all of the scopes" : null);
    }

    private static Set<String> allowed(PolicyRequest request, Allow allow) {
        Set<String> allowed = new TreeSet<>(request.scopes());
        allowed.retainAll(allow.scopes());
        return allowed;
    }

    private Policy policy(@Nullable String type) {
        Policy policy = type == null ? defaultPolicy : policies.get(type);
        if (policy == null) { // a plug-in that is gone: no decision, never another policy's
            throw new IllegalStateException("there is no policy of type " + type);
        }
        return policy;
    }

    private PolicyMode mode(@Nullable PolicyMode mode) {
        return mode == null ? defaultMode : mode;
    }

    private static String cut(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }
}
