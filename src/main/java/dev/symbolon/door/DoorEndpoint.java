package dev.symbolon.door;

import dev.symbolon.client.ClientAuthenticator;
import dev.symbolon.http.Exchange;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.limit.RateLimits;
import dev.symbolon.token.Grant;
import dev.symbolon.token.PasswordGrant;
import dev.symbolon.token.RefreshTokenGrant;
import dev.symbolon.token.TokenEndpoint;
import dev.symbolon.token.TokenIssuer;
import dev.symbolon.token.TokenRotation;
import dev.symbolon.token.Tokens;
import dev.symbolon.user.UserAuthenticator;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;

/**
 * {@code POST /door/NAME/token}: the token endpoint for whoever has no client's secret, with the client that the door
 * stands for.
 */
public final class DoorEndpoint {
    /** Under which log lines have the name of the door. */
    private static final String LOG_KEY = "door";

    private final Doors doors;
    private final ClientAuthenticator clients;
    private final TokenEndpoint endpoint;
    private final UserAuthenticator users;
    private final TokenIssuer issuer;
    private final Tokens tokens;
    private final TokenRotation rotation;
    private final RateLimits limits;

    public DoorEndpoint(
            Doors doors,
            ClientAuthenticator clients,
            TokenEndpoint endpoint,
            UserAuthenticator users,
            TokenIssuer issuer,
            Tokens tokens,
            TokenRotation rotation,
            Clock clock) {
        this.doors = doors;
        this.clients = clients;
        this.endpoint = endpoint;
        this.users = users;
        this.issuer = issuer;
        this.tokens = tokens;
        this.rotation = rotation;
        this.limits = new RateLimits(clock);
    }

    /** Whether pages from there may call the door that is requested. */
    public boolean isOpenTo(Context ctx, String origin) {
        return doors.find(ctx.pathParam("name"))
                .filter(door -> door.origins().contains(origin))
                .isPresent();
    }

    public void handle(Context ctx) {
        OAuthError.noStore(ctx);
        Form form = Form.of(ctx);
        Door door = doors.find(ctx.pathParam("name"))
                .orElseThrow(() -> OAuthError.invalidRequest(404, "there is no such door"));
        Exchange.of(ctx).endpoint("/door/" + door.name() + "/token");
        MDC.put(LOG_KEY, door.name()); // the listener clears it
        limits.spend(door.id(), door.rateLimit());
        refuseCredentials(ctx, form);
        ctx.json(endpoint.issue(ctx, form, () -> clients.vouchFor(ctx, door.clientId()), grants(door)));
    }

    /** Whoever has them is at the wrong place, and whoever ships them has to be told. */
    private static void refuseCredentials(Context ctx, Form form) {
        if (ctx.header("Authorization") != null
                || form.optional("client_id").isPresent()
                || form.optional("client_secret").isPresent()) {
            throw OAuthError.invalidRequest(
                    "a door has its own client: send no client_id, no client_secret, and no header Authorization");
        }
    }

    private Map<String, Grant> grants(Door door) {
        boolean refreshed = door.grants().contains(RefreshTokenGrant.TYPE);
        Map<String, Grant> grants = new HashMap<>();
        grants.put(PasswordGrant.TYPE, new PasswordGrant(users, issuer.through(door.id(), refreshed)));
        grants.put(RefreshTokenGrant.TYPE, new RefreshTokenGrant(tokens, rotation, door.id()));
        grants.keySet().retainAll(door.grants());
        return grants;
    }
}
