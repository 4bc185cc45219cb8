package dev.symbolon.page;

import java.util.List;

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

    @Override
    public String template() {
        return "consent.jte";
    }
}
