package dev.symbolon.page;

import java.util.List;
import java.util.UUID;

/**
 * Who acts for you, where are you logged in, and do you want another password?
 *
 * @param outcome key of what to say of what was just done; empty for nothing
 * @param failed whether it could not be done; it is about the password then
 * @param more whether there are more applications or sessions than are shown
 */
public record AccountPage(
        Frame frame,
        Hidden hidden,
        String username,
        String outcome,
        boolean failed,
        List<Application> applications,
        List<Login> logins,
        boolean more)
        implements Page {

    /** It may act for the user. {@code scopes} and {@code used} are words for people. */
    public record Application(String clientId, String name, List<String> scopes, String used) {}

    /** The user is logged in. {@code since} and {@code until} are words for people; {@code here} is this browser. */
    public record Login(UUID id, String since, String until, boolean here) {}

    @Override
    public String template() {
        return "my_account.jte";
    }
}
