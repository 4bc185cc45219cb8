package dev.symbolon.page;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * May this application act for you?
 *
 * @param target the host or the application that the answer goes to
 * @param scopes what it asks for, and in which words
 * @param granted the scopes in one line, for the form
 * @param impersonable whether another program could pose as it
 */
public record ConsentPage(
        Frame frame,
        Hidden hidden,
        String client,
        String username,
        String target,
        List<Scope> scopes,
        String granted,
        boolean impersonable)
        implements Page {
    /** @param words what it means; its own name if nobody said */
    public record Scope(String name, String words) {}

    /** In the order of their names. */
    public static List<Scope> scopes(Frame frame, Map<String, String> words, Set<String> scopes) {
        return new TreeSet<>(scopes)
                .stream()
                        .map(scope -> new Scope(scope, words.getOrDefault(scope, frame.text("consent.scope", scope))))
                        .toList();
    }

    @Override
    public String template() {
        return "consent.jte";
    }
}
