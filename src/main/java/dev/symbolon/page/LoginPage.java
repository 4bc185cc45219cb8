package dev.symbolon.page;

/**
 * Who are you?
 *
 * @param client the name of the application that wants to know
 * @param username what to begin with; may be empty
 * @param failed whether the last try was wrong
 */
public record LoginPage(Frame frame, Hidden hidden, String client, String username, boolean failed) implements Page {
    @Override
    public String template() {
        return "login.jte";
    }
}
