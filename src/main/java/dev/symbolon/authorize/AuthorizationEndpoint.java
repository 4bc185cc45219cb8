package dev.symbolon.authorize;

import dev.symbolon.client.Clients;
import dev.symbolon.client.Scopes;
import dev.symbolon.consent.Consents;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.Parameters;
import dev.symbolon.page.Pages;
import dev.symbolon.page.ScopeTexts;
import dev.symbolon.session.Browser;
import dev.symbolon.session.Browsers;
import dev.symbolon.token.AuthorizationCodes;
import dev.symbolon.user.ResourceOwner;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** {@code /oauth/v2/auth} (RFC 6749 section 3.1): a person is asked, and the client gets a code. */
public final class AuthorizationEndpoint {
    private final AuthorizationRequests requests;
    private final Steps steps;
    private final AuthorizationPages shown;
    private final AuthorizationResponses responses;
    private final Pages pages;
    private final Browsers browsers;
    private final ResourceOwners owners;
    private final Consents consents;
    private final AuthorizationCodes codes;

    public AuthorizationEndpoint(
            Clients clients,
            ResourceOwners owners,
            Browsers browsers,
            Consents consents,
            AuthorizationCodes codes,
            Pages pages,
            ScopeTexts scopeTexts,
            Supplier<String> issuer,
            Clock clock) {
        this.requests = new AuthorizationRequests(clients);
        this.steps = new Steps(owners, consents, clock);
        this.shown = new AuthorizationPages(pages, scopeTexts);
        this.responses = new AuthorizationResponses(pages, issuer);
        this.pages = pages;
        this.browsers = browsers;
        this.owners = owners;
        this.consents = consents;
        this.codes = codes;
    }

    /** {@code GET}: a client sends its user. */
    public void get(Context ctx) {
        pages.refusalsToo(ctx);
        AuthorizationRequest request = requests.read(Parameters.ofQuery(ctx));
        Browser browser = browsers.of(ctx);
        Step next = steps.next(request, browser, ctx.ip());
        if (next instanceof Step.Allow allow) {
            respond(ctx, request, allow.owner(), allow.scopes());
        } else if (next instanceof Step.Refuse refuse) {
            responses.error(ctx, request, refuse.error());
        } else if (request.isSilent()) {
            responses.error(ctx, request, silently(request, next));
        } else if (next instanceof Step.Deny deny) {
            shown.denied(ctx, request, browser, deny);
        } else if (next instanceof Step.Ask ask) {
            shown.consent(ctx, request, browser, ask);
        } else {
            shown.login(ctx, request, browser);
        }
    }

    /** What the client is told where a page would be shown; the only answer before a login (RFC 9700 4.11.2). */
    private static AuthorizationError silently(AuthorizationRequest request, Step next) {
        if (request.problem() != null) {
            return request.problem();
        }
        return next instanceof Step.LogIn
                ? AuthorizationError.LOGIN_REQUIRED
                : next instanceof Step.Ask ? AuthorizationError.CONSENT_REQUIRED : AuthorizationError.ACCESS_DENIED;
    }

    /** {@code POST}: a client sends its user so, or a form of ours was filled in. */
    public void post(Context ctx) {
        pages.refusalsToo(ctx);
        Parameters form = Parameters.ofBody(ctx);
        AuthorizationRequest request = requests.read(form);
        Optional<String> step = form.optional("step");
        if (step.isEmpty()) { // as GET, since browsers do not send our cookie with what other sites post
            pages.redirect(ctx, request.link());
            return;
        }
        Browser browser = browsers.of(ctx);
        if (!browser.showed(form.optional("form_token"))) {
            shown.expired(ctx, request);
            return;
        }
        switch (step.get()) {
            case "login" -> logIn(ctx, request, browser, form);
            case "switch" -> switchUser(ctx, request, browser);
            case "allow" -> allow(ctx, request, browser, form);
            case "deny" -> deny(ctx, request, browser);
            default -> throw OAuthError.invalidRequest("step is none of those of the form");
        }
    }

    private void logIn(Context ctx, AuthorizationRequest request, Browser browser, Parameters form) {
        String username = form.optional("username").orElse("");
        String clientId = request.client().id();
        boolean in = owners.users()
                .authenticate(username, form.optional("password").orElse(""), clientId, browser.origin())
                .filter(owner -> owners.discloseDenial() || !steps.denies(request, owner, ctx.ip()))
                .filter(owner -> browsers.logIn(ctx, browser, owner, clientId))
                .isPresent();
        if (in) {
            pages.redirect(ctx, request.linkAfterLogin());
        } else {
            shown.loginFailed(ctx, request, browser, username);
        }
    }

    private void switchUser(Context ctx, AuthorizationRequest request, Browser browser) {
        browsers.logOut(browser);
        pages.redirect(ctx, request.link());
    }

    /** Only what was shown is granted, of what can still be granted. */
    private void allow(Context ctx, AuthorizationRequest request, Browser browser, Parameters form) {
        Step next = steps.next(request, browser, ctx.ip());
        if (!(next instanceof Step.Ask ask)) {
            pages.redirect(ctx, request.link());
            return;
        }
        Set<String> granted = new TreeSet<>(ask.scopes());
        granted.retainAll(form.optional("granted").flatMap(Scopes::parse).orElse(new TreeSet<>()));
        if (!request.client().canBeImpersonated()) {
            consents.remember(ask.owner().id(), request.client().id(), granted);
        }
        respond(ctx, request, ask.owner(), granted);
    }

    private void deny(Context ctx, AuthorizationRequest request, Browser browser) {
        if (browser.session().isPresent()) {
            responses.error(ctx, request, AuthorizationError.ACCESS_DENIED);
        } else {
            pages.redirect(ctx, request.link());
        }
    }

    private void respond(Context ctx, AuthorizationRequest request, ResourceOwner owner, Set<String> scopes) {
        var binding = new AuthorizationCodes.Binding(
                request.client(),
                owner.id(),
                scopes,
                request.redirectUri(),
                request.redirectUriSent(),
                request.challenge(),
                request.client().epoch() + owner.epoch());
        responses.code(ctx, request, codes.issue(binding));
    }
}
