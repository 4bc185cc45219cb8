package dev.symbolon.page;

/** Do you want to log out? */
public record LogoutPage(Frame frame, Hidden hidden, String username) implements Page {
    @Override
    public String template() {
        return "logout.jte";
    }
}
