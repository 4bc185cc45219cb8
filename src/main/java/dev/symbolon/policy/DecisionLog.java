package dev.symbolon.policy;

import dev.symbolon.policy.PolicyGate.Rule;
import dev.symbolon.policy.Verdict.Granted;
import dev.symbolon.policy.Verdict.Refused;
import dev.symbolon.policy.spi.PolicyRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * What was decided, a line each in {@code key=value} form: denials, and what audit mode let through, at INFO; a policy
 * that gave no decision at WARN; the rest at DEBUG. Never a token, and nothing that could pass for another line.
 */
final class DecisionLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.symbolon.decision");
    private static final int MAX_VALUE = 256;

    /** Where the HTTP listener leaves the id of the request in hand. */
    private static final String REQUEST = "request";

    /** Where a door leaves its name. */
    private static final String DOOR = "door";

    private static final Pattern PLAIN = Pattern.compile("[\\w.:/@+-]+");
    private static final Pattern UNSAFE = Pattern.compile("[\"\\\\\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private DecisionLog() {}

    static void verdict(PolicyRequest request, Rule rule, Verdict verdict) {
        if (verdict instanceof Refused refused) {
            log(Level.INFO, "deny", request, rule, refused.reason());
        } else if (verdict instanceof Granted granted) {
            String letThrough = granted.letThrough();
            log(
                    letThrough == null ? Level.DEBUG : Level.INFO,
                    letThrough == null ? "allow" : "let-through",
                    request,
                    rule,
                    letThrough);
        }
    }

    /** @param why maybe in the words of a plug-in: for the log, and for nobody else */
    static void none(PolicyRequest request, Rule rule, Throwable why) {
        String decision = rule.mode() == PolicyMode.AUDIT ? "let-through" : "none";
        log(Level.WARN, decision, request, rule, why.toString());
        LOG.debug("policy {} failed here", rule.policy(), why);
    }

    private static void log(Level level, String decision, PolicyRequest request, Rule rule, @Nullable String reason) {
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        PolicyRequest.User user = request.user();
        LOG.atLevel(level)
                .log(
                        "decision={} request={}{} client={} user={} grant={} moment={} rule={} mode={} reason={}",
                        decision,
                        value(MDC.get(REQUEST)),
                        MDC.get(DOOR) == null ? "" : " door=" + value(MDC.get(DOOR)),
                        value(request.client().id()),
                        value(user == null ? null : user.username()),
                        value(request.grantType()),
                        request.moment().name().toLowerCase(Locale.ROOT),
                        value(rule.policy()),
                        rule.mode().wireName(),
                        value(reason));
    }

    /** A word as it is, other text in quotes with JSON's escapes, a dash for none. */
    private static String value(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        if (text.length() <= MAX_VALUE && PLAIN.matcher(text).matches()) {
            return text;
        }
        String shown = text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
        return '"'
                + UNSAFE.matcher(shown)
                        .replaceAll(match -> "\\\\u%04x".formatted(match.group().codePointAt(0)))
                + '"';
    }
}
