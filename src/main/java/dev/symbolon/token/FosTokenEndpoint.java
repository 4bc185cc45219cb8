package dev.symbolon.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.symbolon.client.Client;
import dev.symbolon.client.ClientAuthenticator;
import dev.symbolon.client.Clients;
import dev.symbolon.client.Scopes;
import dev.symbolon.http.Basic;
import dev.symbolon.http.Exchange;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token endpoint in the manner of FOSOAuthServerBundle, for clients registered with {@code --compat-fos}; everybody
 * else gets the usual one. It reads requests and words answers; what happens between is {@link TokenEndpoint}'s.
 *
 * <p>Credentials may be in the query string, HTTP Basic is not form-urlencoded and goes before the body, and each
 * refusal is 400 in the words of old.
 */
public final class FosTokenEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(FosTokenEndpoint.class);
    private static final Pattern GRANT_TYPE = Pattern.compile(
            "authorization_code|password|client_credentials|refresh_token|https?://.+|urn:.+", Pattern.DOTALL);

    private final TokenEndpoint endpoint;
    private final ClientAuthenticator authenticator;
    private final Clients clients;

    /** The registered clients that the log has been told about. */
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** {@code error_description} may be null. */
    private record Refusal(String error, @Nullable String errorDescription) {}

    /** The order of the members is theirs too. */
    private record Answer(
            String accessToken,
            long expiresIn,
            String tokenType,
            @Nullable String scope,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String refreshToken) {

        static Answer of(TokenResponse response, @Nullable String requested) {
            return new Answer(
                    response.accessToken(),
                    response.expiresIn(),
                    response.tokenType(),
                    echo(response.scope(), requested),
                    response.refreshToken());
        }

        /** As it was asked for, if that is what was granted. */
        private static @Nullable String echo(String granted, @Nullable String requested) {
            if (requested != null && Scopes.parse(requested).equals(Scopes.parse(granted))) {
                return requested;
            }
            return granted.isEmpty() ? null : granted;
        }

        /** Never the tokens. */
        @Override
        public String toString() {
            return "Answer[" + scope + "]";
        }
    }

    public FosTokenEndpoint(TokenEndpoint endpoint, ClientAuthenticator authenticator, Clients clients) {
        this.endpoint = endpoint;
        this.authenticator = authenticator;
        this.clients = clients;
    }

    public void post(Context ctx) {
        OAuthError.noStore(ctx);
        Form form = Form.ofBody(ctx);
        Optional<Basic> basic = Basic.unencoded(ctx);
        Optional<Client> old = client(basic, form);
        if (old.isPresent()) {
            answer(ctx, old.get(), basic, form);
        } else {
            Form.refuseQuery(ctx);
            endpoint.answer(ctx, form);
        }
    }

    public void get(Context ctx) {
        OAuthError.noStore(ctx);
        Form form = Form.ofQuery(ctx);
        Optional<Basic> basic = Basic.unencoded(ctx);
        Client old = client(basic, form).orElseThrow(() -> {
            ctx.header("Allow", "POST, OPTIONS");
            return OAuthError.invalidRequest(
                    405, "send the parameters by POST, in the body: URLs end up in logs; GET is for old clients alone");
        });
        answer(ctx, old, basic, form);
    }

    private Optional<Client> client(Optional<Basic> basic, Form form) {
        return basic.map(Basic::id)
                .or(() -> form.optional("client_id"))
                .flatMap(clients::find)
                .filter(Client::compatFos);
    }

    private void answer(Context ctx, Client client, Optional<Basic> basic, Form form) {
        if (warned.add(client.id())) {
            LOG.warn("client {} is answered as FOSOAuthServerBundle did (--compat-fos): update the app", client.id());
        }
        Optional<String> secret = basic.map(Basic::secret).or(() -> form.optional("client_secret"));
        try {
            if (!GRANT_TYPE.matcher(form.optional("grant_type").orElse("")).matches()) {
                throw OAuthError.invalidRequest("Invalid grant_type parameter or parameter missing");
            }
            TokenResponse response = endpoint.issue(ctx, form, () -> authenticator.verify(ctx, client.id(), secret));
            ctx.json(Answer.of(response, form.optional("scope").orElse(null)));
        } catch (OAuthError refusal) {
            if (refusal.status() != 400 && refusal.status() != 401) {
                throw refusal; // overloaded, which they never said
            }
            Exchange.of(ctx).outcome(refusal.error());
            ctx.status(400).json(refused(refusal, client, secret.isPresent(), form));
        }
    }

    private static Refusal refused(OAuthError refusal, Client client, boolean secret, Form form) {
        var own = new Refusal(refusal.body().error(), refusal.body().errorDescription());
        String grant = form.optional("grant_type").orElse("");
        return switch (own.error()) {
            case "invalid_client" ->
                new Refusal(
                        own.error(),
                        secret || !grant.equals("client_credentials")
                                ? "The client credentials are invalid"
                                : "The client_secret is mandatory for the \"client_credentials\" grant type");
            case "unauthorized_client" ->
                client.grants().contains(grant) // the policy's word
                        ? own
                        : new Refusal(own.error(), "The grant type is unauthorized for this client_id");
            case "unsupported_grant_type" -> new Refusal(own.error(), null);
            case "invalid_scope" -> new Refusal(own.error(), "An unsupported scope was requested.");
            case "invalid_request" ->
                new Refusal(
                        own.error(), missing(grant, form).orElse(refusal.body().errorDescription()));
            case "invalid_grant" -> invalidGrant(String.valueOf(refusal.getMessage()), own, form);
            default -> own;
        };
    }

    private static Optional<String> missing(String grant, Form form) {
        return switch (grant) {
            case "password" ->
                form.optional("username").isPresent()
                                && form.optional("password").isPresent()
                        ? Optional.empty()
                        : Optional.of("Missing parameters. \"username\" and \"password\" required");
            case "refresh_token" ->
                form.optional(grant).isPresent()
                        ? Optional.empty()
                        : Optional.of("No \"refresh_token\" parameter found");
            case "authorization_code" ->
                form.optional("code").isPresent()
                        ? Optional.empty()
                        : Optional.of("Missing parameter. \"code\" is required");
            default -> Optional.empty();
        };
    }

    /** What they did not know, such as the policy's denial, is told as it is. */
    private static Refusal invalidGrant(String detail, Refusal own, Form form) {
        return switch (detail) {
            case PasswordGrant.REFUSAL -> new Refusal(own.error(), "Invalid username and password combination");
            case TokenRotation.REFUSAL -> new Refusal(own.error(), "Invalid refresh token");
            case TokenRotation.EXPIRED -> new Refusal(own.error(), "Refresh token has expired");
            case AuthorizationCodeGrant.REFUSAL ->
                new Refusal(own.error(), "Code doesn't exist or is invalid for the client");
            case AuthorizationCodeGrant.EXPIRED -> new Refusal(own.error(), "The authorization code has expired");
            case AuthorizationCodeGrant.OTHER_URI ->
                form.optional("redirect_uri").isPresent()
                        ? new Refusal("redirect_uri_mismatch", "The redirect URI is missing or do not match")
                        : new Refusal("invalid_request", "The redirect URI parameter is required.");
            default -> own;
        };
    }
}
