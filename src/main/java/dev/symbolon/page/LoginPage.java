package dev.symbolon.page;

/**
 * Who are you?
 *
 * @param action where the form is sent
 * @param purpose what it is for
 * @param username what to begin with; may be empty
 * @param failed whether the last try was wrong
 */
public record LoginPage(Frame frame, Hidden hidden, String action, String purpose, String username, boolean failed)
        implements Page {
    @Override
    public String template() {
        return "login.jte";
    }
}
