package dev.symbolon.page;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What scopes mean to people: in the client's words, else in those of the configuration, else by their names.
 *
 * @param configured by scope
 */
public record ScopeTexts(Map<String, String> configured) {
    /** @param own the client's words, by scope */
    public List<String> of(Frame frame, Map<String, String> own, Set<String> scopes) {
        return new TreeSet<>(scopes)
                .stream().map(scope -> of(frame, own, scope)).toList();
    }

    private String of(Frame frame, Map<String, String> own, String scope) {
        String words = own.getOrDefault(scope, configured.get(scope));
        return words == null ? frame.text("consent.scope", scope) : words;
    }
}
