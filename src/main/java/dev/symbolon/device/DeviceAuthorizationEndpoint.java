package dev.symbolon.device;

import dev.symbolon.client.Client;
import dev.symbolon.client.ClientAuthenticator;
import dev.symbolon.client.Scopes;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.token.DeviceCodeGrant;
import dev.symbolon.token.DeviceCodes;
import io.javalin.http.Context;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth/v2/device_authorization} (RFC 8628 section 3.1): a device that has no browser begins. */
public record DeviceAuthorizationEndpoint(ClientAuthenticator clients, DeviceCodes codes, Supplier<String> issuer) {
    public void handle(Context ctx) {
        OAuthError.noStore(ctx);
        Form form = Form.of(ctx);
        Client client = clients.authenticate(ctx, form);
        if (!client.grants().contains(DeviceCodeGrant.TYPE)) {
            throw new OAuthError(
                    Code.UNAUTHORIZED_CLIENT, "client is not registered for grant_type " + DeviceCodeGrant.TYPE);
        }
        ctx.json(DeviceAuthorizationResponse.of(issuer.get(), codes.begin(client, scopes(client, form))));
    }

    private static @Nullable Set<String> scopes(Client client, Form form) {
        Set<String> requested = Scopes.requested(form);
        if (requested != null && !client.scopes().containsAll(requested)) {
            throw new OAuthError(
                    Code.INVALID_SCOPE,
                    "scope exceeds what the client may ask for, which is '" + String.join(" ", client.scopes()) + "'");
        }
        return requested;
    }
}
