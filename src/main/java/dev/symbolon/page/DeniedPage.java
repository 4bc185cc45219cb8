package dev.symbolon.page;

/**
 * You may not use this application.
 *
 * @param linked whether the user is linked to the client, so that it is something else
 * @param reason the policy's
 * @param go on the button by which the client is told
 */
public record DeniedPage(
        Frame frame, Hidden hidden, String client, String username, boolean linked, String reason, String go)
        implements Page {
    @Override
    public String template() {
        return "denied.jte";
    }
}
