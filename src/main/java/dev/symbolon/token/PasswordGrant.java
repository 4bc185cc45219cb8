package dev.symbolon.token;

import dev.symbolon.attempt.Origin;
import dev.symbolon.client.Client;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import dev.symbolon.user.ResourceOwner;
import dev.symbolon.user.UserAuthenticator;
import java.time.Instant;

/** RFC 6749 section 4.3: the client presents a user's name and password. Prefer another grant (RFC 9700 2.4). */
public record PasswordGrant(UserAuthenticator users, TokenIssuer tokens) implements Grant {
    public static final String TYPE = "password";
    static final String REFUSAL = "user name or password is wrong";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Authorization authorize(Client client, Form form, String address, Instant now) {
        ResourceOwner owner = users.authenticate(
                        form.required("username"),
                        form.required("password"),
                        client.id(),
                        Origin.client(client.id(), address))
                .orElseThrow(() -> new OAuthError(Code.INVALID_GRANT, REFUSAL));
        return new Authorization(
                Moment.ISSUE,
                type(),
                client.scopes(),
                false,
                owner.policyUser(),
                owner.assignment(),
                client.epoch() + owner.epoch(),
                REFUSAL,
                tokens::issue);
    }
}
