package dev.symbolon.token;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.client.Client;
import dev.symbolon.client.ClientAuthenticator;
import dev.symbolon.client.Scopes;
import dev.symbolon.http.Exchange;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.policy.Verdict;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth/v2/token}: the steps every grant shares, in order, so that no grant can forget one. */
public final class TokenEndpoint {
    private final ClientAuthenticator clients;
    private final Map<String, Grant> grants;
    private final PolicyGate gate;
    private final boolean discloseDenial;
    private final Clock clock;

    public TokenEndpoint(
            ClientAuthenticator clients, List<Grant> grants, PolicyGate gate, boolean discloseDenial, Clock clock) {
        this.clients = clients;
        this.grants = grants.stream().collect(toUnmodifiableMap(Grant::type, identity()));
        this.gate = gate;
        this.discloseDenial = discloseDenial;
        this.clock = clock;
    }

    public void handle(Context ctx) {
        OAuthError.noStore(ctx);
        answer(ctx, Form.of(ctx));
    }

    /** As {@link #handle}, once the request has been read. */
    void answer(Context ctx, Form form) {
        ctx.json(issue(ctx, form, () -> clients.authenticate(ctx, form)));
    }

    /** The steps in the name of that client, if it is found to be one. */
    TokenResponse issue(Context ctx, Form form, Supplier<Client> client) {
        return issue(ctx, form, client, grants);
    }

    /** As {@link #issue(Context, Form, Supplier)}, with these grants, by their types, and no others. */
    public TokenResponse issue(Context ctx, Form form, Supplier<Client> client, Map<String, Grant> grants) {
        var exchange = Exchange.of(ctx);
        try {
            TokenResponse response = issue(client.get(), grants, form, exchange, ctx.ip());
            record("token-issued", exchange, "scope", response.scope());
            return response;
        } catch (OAuthError refusal) {
            if (!refusal.isPending()) {
                record("token-refused", exchange, "error", refusal.error(), "reason", refusal.getMessage());
            }
            throw refusal;
        }
    }

    private static void record(String event, Exchange exchange, @Nullable Object... details) {
        List<@Nullable Object> all = new ArrayList<>(
                Arrays.asList("client", exchange.client(), "user", exchange.user(), "grant", exchange.grant()));
        all.addAll(Arrays.asList(details));
        AuditLog.record(event, all.toArray());
    }

    private TokenResponse issue(
            Client client, Map<String, Grant> grants, Form form, Exchange exchange, String address) {
        Grant grant = grant(client, grants, form.required("grant_type"));
        exchange.grant(grant.type());
        Set<String> requested = Scopes.requested(form);
        Authorization authorization = grant.authorize(client, form, address, clock.instant());
        exchange.user(authorization.username());
        Set<String> wanted = requested == null ? authorization.scopes() : requested;
        Verdict.Granted verdict = askPolicy(client, authorization, wanted, address);
        refuseExcess(authorization, wanted); // later than a denial, or it would tell that the password is right
        refuseNarrowed(authorization, requested, wanted, verdict);
        boolean bound = gate.enforcement().covers(gate.rule(client.policy(), client.policyMode()));
        Instant now = clock.instant(); // lifetimes begin when a password has been checked, which may take its turn
        return authorization
                .minting()
                .apply(new Approval(
                        client,
                        authorization,
                        requested,
                        wanted,
                        verdict.scopes(),
                        verdict.letThrough(),
                        now,
                        bound ? end(authorization, verdict.scopes(), now) : Instant.MAX,
                        bound ? end(authorization, Set.of(), now) : Instant.MAX));
    }

    /**
     * Where links are enforced, no token outlives those that it rests on. What is left of a refresh token's scopes is
     * found out when it is used.
     *
     * @param scopes that have to be covered; none if any link will do
     */
    private static Instant end(Authorization authorization, Set<String> scopes, Instant now) {
        Instant end = authorization.assignment().coveredUntil(scopes);
        return end.isBefore(now) ? now.truncatedTo(ChronoUnit.SECONDS) : end; // it ended while others took their time
    }

    private static Grant grant(Client client, Map<String, Grant> grants, String type) {
        Grant grant = grants.get(type);
        if (grant == null) {
            throw new OAuthError(
                    Code.UNSUPPORTED_GRANT_TYPE, "grant_type must be one of " + new TreeSet<>(grants.keySet()));
        }
        if (!client.grants().contains(type)) {
            throw new OAuthError(Code.UNAUTHORIZED_CLIENT, "client is not registered for grant_type " + type);
        }
        return grant;
    }

    private static void refuseExcess(Authorization authorization, Set<String> wanted) {
        if (!authorization.scopes().containsAll(wanted)) {
            throw invalidScope(
                    "scope exceeds what may be granted, which is '" + String.join(" ", authorization.scopes()) + "'");
        }
    }

    /** The policy is asked about what there is (RFC 6749 section 3.3), of what the client is still registered for. */
    private Verdict.Granted askPolicy(Client client, Authorization authorization, Set<String> wanted, String address) {
        Set<String> registered = client.registered(wanted);
        registered.retainAll(authorization.scopes());
        PolicyRequest request = authorization
                .assignment()
                .request(
                        authorization.moment(),
                        authorization.grantType(),
                        registered,
                        client.policyClient(),
                        authorization.user(),
                        address);
        Verdict verdict = gate.ask(request, client.policy(), client.policyMode());
        if (verdict instanceof Verdict.Granted granted) {
            return granted;
        }
        throw denial(authorization, ((Verdict.Refused) verdict).reason());
    }

    private OAuthError denial(Authorization authorization, String reason) {
        return new OAuthError(authorization.denial(), discloseDenial ? reason : authorization.refusal());
    }

    /**
     * A scope that was asked for by name and that the policy does not allow is refused when a token is issued. A
     * refresh goes on with what is left. What was granted before gives nothing when nothing of it is left.
     */
    private static void refuseNarrowed(
            Authorization authorization, @Nullable Set<String> requested, Set<String> wanted, Verdict.Granted verdict) {
        boolean named = requested != null && authorization.moment() == Moment.ISSUE;
        boolean nothingLeft = authorization.granted() && verdict.scopes().isEmpty();
        boolean narrowed = !verdict.scopes().containsAll(wanted);
        if (narrowed && (named || nothingLeft)) {
            throw invalidScope("scope exceeds what this user may use this client for, which is '"
                    + String.join(" ", verdict.scopes()) + "'");
        }
    }

    private static OAuthError invalidScope(String description) {
        return new OAuthError(Code.INVALID_SCOPE, description);
    }
}
