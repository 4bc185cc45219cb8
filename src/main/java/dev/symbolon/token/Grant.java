package dev.symbolon.token;

import dev.symbolon.client.Client;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import java.time.Instant;

/** What is different about one grant type; everything that grants share is in {@link TokenEndpoint}. */
public interface Grant {
    /** The value of {@code grant_type}. */
    String type();

    /**
     * Checks what the client presents; claims nothing yet.
     *
     * @param client authenticated, and allowed to use this grant
     * @throws OAuthError if a parameter is missing ({@code invalid_request}) or what is presented does not hold ({@code
     *     invalid_grant})
     */
    Authorization authorize(Client client, Form form, String address, Instant now);
}
