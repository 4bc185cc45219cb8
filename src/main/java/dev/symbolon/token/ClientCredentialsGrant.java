package dev.symbolon.token;

import dev.symbolon.client.Client;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.link.Assignment;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import java.time.Instant;

/** RFC 6749 section 4.4: a confidential client asks in its own name; there is no user and no refresh token. */
public record ClientCredentialsGrant(TokenIssuer tokens) implements Grant {
    @Override
    public String type() {
        return "client_credentials";
    }

    @Override
    public Authorization authorize(Client client, Form form, String address, Instant now) {
        if (client.isPublic()) { // "MUST only be used by confidential clients"
            throw new OAuthError(Code.UNAUTHORIZED_CLIENT, "a public client cannot use client_credentials");
        }
        return new Authorization(
                Moment.ISSUE,
                type(),
                client.scopes(),
                false,
                null,
                Assignment.NONE,
                client.epoch(),
                "client may not have a token",
                tokens::issue);
    }
}
