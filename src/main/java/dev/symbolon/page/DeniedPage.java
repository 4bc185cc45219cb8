package dev.symbolon.page;

/**
 * You may not use this application.
 *
 * @param unlinked whether the reason is that the user is not linked to the client
 * @param reason the policy's
 * @param go on the button by which the client is told
 */
public record DeniedPage(
        Frame frame, Hidden hidden, String client, String username, boolean unlinked, String reason, String go)
        implements Page {
    @Override
    public String template() {
        return "denied.jte";
    }
}
