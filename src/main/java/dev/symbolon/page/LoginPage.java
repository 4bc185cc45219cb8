package dev.symbolon.page;

/**
 * Who are you?
 *
 * @param lead what the user logs in for, in words
 * @param username what to begin with; may be empty
 * @param failed whether the last try was wrong
 */
public record LoginPage(Frame frame, Hidden hidden, String lead, String username, boolean failed) implements Page {
    @Override
    public String template() {
        return "login.jte";
    }
}
