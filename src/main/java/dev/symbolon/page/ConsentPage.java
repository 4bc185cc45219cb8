package dev.symbolon.page;

import java.util.List;

/**
 * May this application act for you?
 *
 * @param target the host or the application that the answer goes to
 * @param scopes what it asks for, in words
 * @param granted the scopes in one line, for the form
 * @param impersonable whether another program could pose as it
 */
public record ConsentPage(
        Frame frame,
        Hidden hidden,
        String client,
        String username,
        String target,
        List<String> scopes,
        String granted,
        boolean impersonable)
        implements Page {
    @Override
    public String template() {
        return "consent.jte";
    }
}
