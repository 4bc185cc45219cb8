package dev.symbolon.account;

import dev.symbolon.client.ClientId;
import dev.symbolon.consent.Consents;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.Parameters;
import dev.symbolon.page.Pages;
import dev.symbolon.page.ScopeTexts;
import dev.symbolon.session.Browser;
import dev.symbolon.session.BrowserSession;
import dev.symbolon.session.BrowserSessions;
import dev.symbolon.session.Browsers;
import dev.symbolon.store.Database;
import dev.symbolon.user.ResourceOwner;
import dev.symbolon.user.UserAuthenticator;
import dev.symbolon.user.Users;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** {@code /account}: people see who acts for them and where they are logged in, end it, and change their password. */
public final class AccountEndpoint {
    private static final String HERE = "account";

    private final UserAuthenticator authenticator;
    private final Users users;
    private final BrowserSessions sessions;
    private final Browsers browsers;
    private final Consents consents;
    private final Pages pages;
    private final AccountPages shown;

    public AccountEndpoint(
            Database database,
            UserAuthenticator authenticator,
            Users users,
            BrowserSessions sessions,
            Browsers browsers,
            Consents consents,
            Pages pages,
            ScopeTexts scopeTexts,
            Clock clock) {
        this.authenticator = authenticator;
        this.users = users;
        this.sessions = sessions;
        this.browsers = browsers;
        this.consents = consents;
        this.pages = pages;
        this.shown = new AccountPages(database, sessions, pages, scopeTexts, clock);
    }

    /** {@code GET}: the account, or the way to it. */
    public void get(Context ctx) {
        pages.refusalsToo(ctx);
        Browser browser = browsers.of(ctx);
        browser.session()
                .ifPresentOrElse(
                        login -> shown.account(ctx, browser, login, 200, ""), () -> shown.login(ctx, browser, 200, ""));
    }

    /** {@code POST}: a form of ours was filled in. */
    public void post(Context ctx) {
        pages.refusalsToo(ctx);
        Parameters form = Parameters.ofBody(ctx);
        Browser browser = browsers.of(ctx);
        String step = form.optional("step").orElse("");
        if (!browser.showed(form.optional("form_token"))) {
            shown.message(ctx, 403, "expired");
        } else if (step.equals("login")) {
            logIn(ctx, browser, form);
        } else {
            browser.session()
                    .ifPresentOrElse(
                            login -> act(ctx, browser, login, step, form), // it ended while the page was open
                            () -> pages.redirect(ctx, HERE));
        }
    }

    private void logIn(Context ctx, Browser browser, Parameters form) {
        String username = form.optional("username").orElse("");
        boolean in = authenticator
                .authenticate(username, form.optional("password").orElse(""))
                .filter(owner -> browsers.logIn(ctx, browser, owner, null))
                .isPresent();
        if (in) {
            pages.redirect(ctx, HERE);
        } else {
            shown.login(ctx, browser, 400, username);
        }
    }

    private void act(Context ctx, Browser browser, BrowserSession login, String step, Parameters form) {
        switch (step) {
            case "withdraw" ->
                form.optional("client_id")
                        .filter(ClientId::isPossible)
                        .ifPresent(client -> consents.withdraw(login.userId(), client));
            case "end" -> id(form).ifPresent(id -> sessions.end(login.userId(), id));
            case "end_others" -> sessions.endOthers(login);
            case "password" -> {
                changePassword(ctx, browser, login, form);
                return;
            }
            default -> throw OAuthError.invalidRequest("step is none of those of the forms");
        }
        shown.account(ctx, browser, login, 200, "account.done." + step);
    }

    private static Optional<UUID> id(Parameters form) {
        try {
            return form.optional("session").map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** All that the user's counter kills is over: every token, and every session but a new one for this browser. */
    private void changePassword(Context ctx, Browser browser, BrowserSession login, Parameters form) {
        String chosen = form.optional("password").orElse("");
        if (!chosen.equals(form.optional("again").orElse(""))) {
            shown.account(ctx, browser, login, 400, "account.password.differ");
            return;
        }
        Optional<ResourceOwner> proved = authenticator.authenticate(
                login.username(), form.optional("old").orElse(""));
        if (proved.isEmpty()) {
            shown.account(ctx, browser, login, 400, "account.password.wrong");
            return;
        }
        try {
            Optional<ResourceOwner> changed = users.changePassword(proved.get(), chosen);
            if (changed.filter(owner -> browsers.logIn(ctx, browser, owner, null))
                    .isPresent()) {
                shown.message(ctx, 200, "password_changed");
            } else {
                pages.redirect(ctx, HERE);
            }
        } catch (IllegalArgumentException e) {
            shown.account(ctx, browser, login, 400, "account.password.impossible");
        }
    }
}
