package dev.symbolon.revoke;

import dev.symbolon.client.Client;
import dev.symbolon.client.ClientAuthenticator;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.token.TokenState;
import dev.symbolon.token.TokenValue;
import dev.symbolon.token.Tokens;
import io.javalin.http.Context;

/**
 * {@code POST /oauth/v2/revoke}: 200 for a token of the client's own, dead or alive, and for one that nobody knows (RFC
 * 7009 section 2.2); another client's is refused and stays alive.
 */
public final class RevocationEndpoint {
    private final ClientAuthenticator clients;
    private final Tokens tokens;

    public RevocationEndpoint(ClientAuthenticator clients, Tokens tokens) {
        this.clients = clients;
        this.tokens = tokens;
    }

    public void handle(Context ctx) {
        OAuthError.noStore(ctx);
        Form form = Form.of(ctx);
        Client client = clients.authenticate(ctx, form);
        TokenValue.parse(form.required("token")).flatMap(tokens::find).ifPresent(state -> revoke(client, state));
    }

    private void revoke(Client client, TokenState state) {
        if (!state.clientId().equals(client.id())) {
            throw new OAuthError(Code.UNAUTHORIZED_CLIENT, "token was issued to another client");
        }
        tokens.revoke(state);
    }
}
