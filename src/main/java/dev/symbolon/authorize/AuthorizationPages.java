package dev.symbolon.authorize;

import dev.symbolon.page.ConsentPage;
import dev.symbolon.page.DeniedPage;
import dev.symbolon.page.FormTarget;
import dev.symbolon.page.Frame;
import dev.symbolon.page.Hidden;
import dev.symbolon.page.LoginPage;
import dev.symbolon.page.MessagePage;
import dev.symbolon.page.Page;
import dev.symbolon.page.Pages;
import dev.symbolon.page.ScopeTexts;
import dev.symbolon.policy.RequireLink;
import dev.symbolon.session.Browser;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Objects;

/** What people see of an authorization request. */
record AuthorizationPages(Pages pages, ScopeTexts scopeTexts) {
    void login(Context ctx, AuthorizationRequest request, Browser browser) {
        login(ctx, 200, request, browser, request.loginHint());
    }

    /** @param username what was typed */
    void loginFailed(Context ctx, AuthorizationRequest request, Browser browser, String username) {
        login(ctx, 400, request, browser, username);
    }

    private void login(Context ctx, int status, AuthorizationRequest request, Browser browser, String username) {
        Frame frame = Frame.of(ctx);
        String lead = frame.text("login.lead", request.client().name());
        show(ctx, status, request, new LoginPage(frame, hidden(request, browser), lead, username, status != 200));
    }

    void denied(Context ctx, AuthorizationRequest request, Browser browser, Step.Deny deny) {
        Frame frame = Frame.of(ctx);
        String client = request.client().name();
        show(
                ctx,
                403,
                request,
                new DeniedPage(
                        frame,
                        hidden(request, browser),
                        client,
                        deny.owner().username(),
                        deny.reason().equals(RequireLink.UNLINKED),
                        deny.reason(),
                        frame.text("denied.continue", client)));
    }

    void consent(Context ctx, AuthorizationRequest request, Browser browser, Step.Ask ask) {
        Frame frame = Frame.of(ctx);
        URI uri = URI.create(request.redirectUri());
        show(
                ctx,
                200,
                request,
                new ConsentPage(
                        frame,
                        hidden(request, browser),
                        request.client().name(),
                        ask.owner().username(),
                        Objects.requireNonNullElse(uri.getHost(), uri.getScheme()),
                        scopeTexts.of(frame, request.client().scopeDescriptions(), ask.scopes()),
                        String.join(" ", ask.scopes()),
                        request.client().canBeImpersonated()));
    }

    /** The form is not one that was shown to this browser. */
    void expired(Context ctx, AuthorizationRequest request) {
        show(ctx, 403, request, new MessagePage(Frame.of(ctx), "expired", "", request.link()));
    }

    private void show(Context ctx, int status, AuthorizationRequest request, Page page) {
        pages.show(ctx, status, page, FormTarget.of(request.redirectUri()));
    }

    private static Hidden hidden(AuthorizationRequest request, Browser browser) {
        return new Hidden("auth", browser.formToken(), request.sent());
    }
}
