package dev.symbolon.introspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.symbolon.client.Client;
import dev.symbolon.client.ClientAuthenticator;
import dev.symbolon.http.Exchange;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.token.TokenState;
import dev.symbolon.token.TokenValue;
import dev.symbolon.token.Tokens;
import io.javalin.http.Context;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /oauth/v2/introspect}. The caller is a confidential client. It sees its own client's tokens, and every
 * client's access tokens if it is registered to introspect; anything else is inactive, and the answer does not say why.
 */
public final class IntrospectionEndpoint {
    /** RFC 7662 section 2.2. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Introspection(
            boolean active,
            @Nullable String scope,
            @Nullable String clientId,
            @Nullable String username,
            @Nullable UUID sub,
            @Nullable String tokenType,
            @Nullable String tokenUse,
            @Nullable Long exp,
            @Nullable Long iat,
            @Nullable String iss,
            @Nullable UUID jti) {}

    private static final Introspection INACTIVE =
            new Introspection(false, null, null, null, null, null, null, null, null, null, null);

    private final ClientAuthenticator clients;
    private final Tokens tokens;
    private final Supplier<String> issuer;

    public IntrospectionEndpoint(ClientAuthenticator clients, Tokens tokens, Supplier<String> issuer) {
        this.clients = clients;
        this.tokens = tokens;
        this.issuer = issuer;
    }

    public void handle(Context ctx) {
        OAuthError.noStore(ctx);
        Form form = Form.of(ctx);
        Client caller = clients.authenticateConfidential(ctx, form);
        Introspection answer = TokenValue.parse(form.required("token"))
                .flatMap(tokens::find)
                .filter(state -> maySee(caller, state))
                .flatMap(state -> tokens.goodFor(state, ctx.ip()).map(scopes -> active(state, scopes)))
                .orElse(INACTIVE);
        Exchange.of(ctx).user(answer.username());
        Exchange.of(ctx).outcome(answer.active() ? "active" : "inactive");
        ctx.json(answer);
    }

    private static boolean maySee(Client caller, TokenState state) {
        return state.clientId().equals(caller.id()) || (caller.introspect() && !state.refresh());
    }

    private Introspection active(TokenState state, Set<String> scopes) {
        return new Introspection(
                true,
                String.join(" ", scopes),
                state.clientId(),
                state.username(),
                state.userId(),
                state.refresh() ? null : "bearer",
                state.refresh() ? "refresh_token" : null,
                state.expiresAt().getEpochSecond(),
                state.issuedAt().getEpochSecond(),
                issuer.get(),
                state.id());
    }
}
