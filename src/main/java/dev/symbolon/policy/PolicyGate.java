package dev.symbolon.policy;

import dev.symbolon.policy.Verdict.Granted;
import dev.symbolon.policy.Verdict.Refused;
import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.Decision.Allow;
import dev.symbolon.policy.spi.Decision.Deny;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.policy.spi.PolicyRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one door that every token passes: asks the policy that is in force for the client, and applies its mode. Never
 * called inside a database transaction. Thread-safe if the policies are.
 */
public final class PolicyGate implements AutoCloseable {
    private static final int MAX_REASON = 200;

    /** What is in force for a client: its own, or what is configured. */
    public record Rule(String policy, PolicyMode mode) {}

    /** Told of every decision that lets somebody in or shuts them out. */
    public interface Monitor {
        /**
         * @param outcome {@code allow}, {@code deny}, {@code let-through} or {@code none}
         * @param reason empty for what was allowed
         */
        void decided(PolicyRequest request, String outcome, String reason);
    }

    private final Map<String, Policy> policies = new TreeMap<>();
    private final Enforcement enforcement;
    private volatile Monitor monitor = (request, outcome, reason) -> {};

    /**
     * @param policies each of another type
     * @throws IllegalArgumentException if there is no policy of the default type
     */
    public PolicyGate(Collection<Policy> policies, String defaultType, PolicyMode defaultMode) {
        policies.forEach(policy -> this.policies.put(policy.type(), policy));
        if (!this.policies.containsKey(defaultType)) {
            throw new IllegalArgumentException(
                    "policy.type: there is no policy of type " + defaultType + ", only " + types());
        }
        Set<String> lenient = policies.stream()
                .filter(policy -> !enforcesLinks(policy))
                .map(Policy::type)
                .collect(Collectors.toSet());
        this.enforcement = new Enforcement(defaultType, defaultMode, lenient);
    }

    public Set<String> types() {
        return policies.keySet();
    }

    /**
     * @param type the client's own policy; null for the configured one, as {@code mode}
     * @throws NoDecisionException if the policy in force gives no clear answer, unless the mode is audit
     */
    public Verdict ask(PolicyRequest request, @Nullable String type, @Nullable PolicyMode mode) {
        return judge(request, rule(type, mode), true);
    }

    /** As {@link #ask}, for an operator who wants to know: nobody is let in or shut out, so nothing is logged. */
    public Verdict consider(PolicyRequest request, @Nullable String type, @Nullable PolicyMode mode) {
        return judge(request, rule(type, mode), false);
    }

    public void monitor(Monitor decisions) {
        monitor = decisions;
    }

    public Rule rule(@Nullable String type, @Nullable PolicyMode mode) {
        return new Rule(
                Objects.requireNonNullElse(type, enforcement.defaultType()),
                Objects.requireNonNullElse(mode, enforcement.defaultMode()));
    }

    /** Where removing a link kills the tokens that hang on it. */
    public Enforcement enforcement() {
        return enforcement;
    }

    /** Ends the threads of the policies that have some. */
    @Override
    public void close() {
        for (Policy policy : policies.values()) {
            if (policy instanceof PooledPolicy pooled) {
                pooled.close();
            }
        }
    }

    private Verdict judge(PolicyRequest request, Rule rule, boolean log) {
        try {
            Decision decision = Objects.requireNonNull(policy(rule).decide(request), "a policy must not answer null");
            Verdict verdict = rule.mode() == PolicyMode.AUDIT ? record(request, decision) : enforce(request, decision);
            if (log) {
                DecisionLog.verdict(request, rule, verdict);
                monitor.decided(request, verdict.outcome(), verdict.reason());
            }
            return verdict;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // a plug-in's bugs
            if (log) {
                DecisionLog.none(request, rule, e);
                monitor.decided(request, DecisionLog.noDecision(rule), NoDecisionException.REASON);
            }
        }
        if (rule.mode() == PolicyMode.ENFORCE) {
            throw new NoDecisionException(rule.policy());
        }
        return new Granted(request.scopes(), NoDecisionException.REASON);
    }

    private Policy policy(Rule rule) {
        Policy policy = policies.get(rule.policy());
        if (policy == null) { // a plug-in that is gone: no decision, never another policy's
            throw new IllegalStateException("there is no policy of type " + rule.policy());
        }
        return policy;
    }

    /** A policy that cannot say does: that kills rather too much. */
    private static boolean enforcesLinks(Policy policy) {
        try {
            return policy.enforcesLinks();
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
        if (allow.scopes().containsAll(request.scopes())) {
            return request.scopes();
        }
        Set<String> allowed = new TreeSet<>(request.scopes());
        allowed.retainAll(allow.scopes());
        return allowed;
    }

    private static String cut(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }
}
