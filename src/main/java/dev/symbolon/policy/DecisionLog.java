package dev.symbolon.policy;

import dev.symbolon.policy.PolicyGate.Rule;
import dev.symbolon.policy.spi.PolicyRequest;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What was decided, a line each: denials, and what audit mode let through, at INFO; a policy
 * that gave no decision at WARN; the rest at DEBUG. Never a token, and nothing that could pass for another line.
 */
final class DecisionLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.symbolon.decision");

    private DecisionLog() {}

    static void verdict(PolicyRequest request, Rule rule, Verdict verdict) {
        Level level = verdict.reason().isEmpty() ? Level.DEBUG : Level.INFO;
        log(level, verdict.outcome(), request, rule, verdict.reason());
    }

    /** @param why maybe in the words of a plug-in: for the log, and for nobody else */
    static void none(PolicyRequest request, Rule rule, Throwable why) {
        log(Level.WARN, noDecision(rule), request, rule, why.toString());
        LOG.debug("policy {} failed here", rule.policy(), why);
    }

    /** What came of a question that got no answer. */
    static String noDecision(Rule rule) {
        return rule.mode() == PolicyMode.AUDIT ? "let-through" : "none";
    }

    private static void log(Level level, String decision, PolicyRequest request, Rule rule, String reason) {
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        PolicyRequest.User user = request.user();
        LOG.atLevel(level)
                .setMessage(decision)
                .addKeyValue("client", request.client().id())
                .addKeyValue("user", user == null ? "-" : user.username())
                .addKeyValue("grant", request.grantType())
                .addKeyValue("moment", request.moment().name().toLowerCase(Locale.ROOT))
                .addKeyValue("rule", rule.policy())
                .addKeyValue("mode", rule.mode().wireName())
                .addKeyValue("reason", reason.isEmpty() ? "-" : reason)
                .log();
    }
}
