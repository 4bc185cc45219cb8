package dev.symbolon.policy;

import java.util.Set;

/**
 * Where removing a link kills tokens: for a client whose policy enforces links and whose mode is {@link
 * PolicyMode#ENFORCE}. A policy that is not known, such as a plug-in that is gone, counts as one that does.
 *
 * @param defaultType the policy of a client that has none of its own, as {@code defaultMode}
 * @param lenient the types of the policies that do not enforce links
 */
public record Enforcement(String defaultType, PolicyMode defaultMode, Set<String> lenient) {
    public Enforcement {
        lenient = Set.copyOf(lenient);
    }

    public boolean covers(PolicyGate.Rule rule) {
        return rule.mode() == PolicyMode.ENFORCE && !lenient.contains(rule.policy());
    }
}
