package dev.symbolon.device;

import dev.symbolon.authorize.ResourceOwners;
import dev.symbolon.client.Clients;
import dev.symbolon.client.Scopes;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.Parameters;
import dev.symbolon.page.Pages;
import dev.symbolon.page.ScopeTexts;
import dev.symbolon.session.Browser;
import dev.symbolon.session.Browsers;
import dev.symbolon.token.DeviceCode.Answer;
import dev.symbolon.token.DeviceCodes;
import dev.symbolon.token.UserCode;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /device} (RFC 8628 section 3.3): a person types what a device shows, logs in, and answers. They are always asked,
 * with the complete URI as well, and no answer is remembered (section 5.4).
 */
public final class DeviceEndpoint {
    private final Steps steps;
    private final DevicePages shown;
    private final Pages pages;
    private final Browsers browsers;
    private final ResourceOwners owners;
    private final DeviceCodes codes;

    public DeviceEndpoint(
            Clients clients,
            ResourceOwners owners,
            Browsers browsers,
            DeviceCodes codes,
            Pages pages,
            ScopeTexts scopeTexts) {
        this.steps = new Steps(clients, owners, codes);
        this.shown = new DevicePages(pages, scopeTexts);
        this.pages = pages;
        this.browsers = browsers;
        this.owners = owners;
        this.codes = codes;
    }

    /** {@code GET}: a person comes, perhaps with the code in the URI. */
    public void get(Context ctx) {
        pages.refusalsToo(ctx);
        Optional<String> typed = Parameters.ofQuery(ctx).optional("user_code");
        Browser browser = browsers.of(ctx);
        if (typed.isEmpty()) {
            shown.userCode(ctx, browser, "");
            return;
        }
        Optional<UserCode> code = UserCode.parse(typed.get());
        if (code.isEmpty()) {
            shown.retype(ctx, browser, typed.get());
            return;
        }
        if (isLedByAnotherSite(ctx)) {
            shown.userCode(ctx, browser, code.get().shown());
            return;
        }
        Step next = steps.next(code.get(), browser, ctx.ip());
        if (next instanceof Step.Wait) {
            shown.wait(ctx);
        } else if (next instanceof Step.Retype) {
            shown.retype(ctx, browser, code.get().shown());
        } else if (next instanceof Step.Done done) {
            shown.done(ctx, done.answer());
        } else if (next instanceof Step.Deny deny) {
            shown.denied(ctx, browser, code.get(), deny);
        } else if (next instanceof Step.Ask ask) {
            shown.ask(ctx, browser, code.get(), ask);
        } else {
            shown.login(ctx, browser, code.get());
        }
    }

    /**
     * Another site's page may lead its visitors to wrong codes until they are locked out, and everybody with them: whoever
     * comes from one has to say by our form that they mean it. Those who type the address or scan it come from none.
     */
    private static boolean isLedByAnotherSite(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    /** {@code POST}: a form of ours was filled in. */
    public void post(Context ctx) {
        pages.refusalsToo(ctx);
        Parameters form = Parameters.ofBody(ctx);
        Browser browser = browsers.of(ctx);
        if (!browser.showed(form.optional("form_token"))) {
            shown.expired(ctx);
            return;
        }
        String typed = form.optional("user_code").orElse("");
        Optional<UserCode> code = UserCode.parse(typed);
        if (code.isEmpty()) {
            shown.retype(ctx, browser, typed);
            return;
        }
        switch (form.optional("step").orElse("")) {
            case "enter" -> {}
            case "login" -> {
                if (!logIn(ctx, browser, code.get(), form)) {
                    return;
                }
            }
            case "switch" -> browsers.logOut(browser);
            case "allow" -> allow(ctx, browser, code.get(), form);
            case "deny" -> deny(ctx, browser, code.get());
            default -> throw OAuthError.invalidRequest("step is none of those of the form");
        }
        pages.redirect(ctx, DevicePages.link(code.get()));
    }

    /** @return false if the page to log in was shown once more */
    private boolean logIn(Context ctx, Browser browser, UserCode code, Parameters form) {
        String username = form.optional("username").orElse("");
        boolean in = owners.users()
                .authenticate(username, form.optional("password").orElse(""), browser.origin())
                .filter(owner -> owners.discloseDenial() || !steps.denies(code, owner, ctx.ip()))
                .filter(owner -> browsers.logIn(ctx, browser, owner, null))
                .isPresent();
        if (!in) {
            shown.loginFailed(ctx, browser, code, username);
        }
        return in;
    }

    /** Only what was shown is granted, of what can still be granted. */
    private void allow(Context ctx, Browser browser, UserCode code, Parameters form) {
        if (steps.next(code, browser, ctx.ip()) instanceof Step.Ask ask) {
            Set<String> granted = new TreeSet<>(ask.scopes());
            granted.retainAll(form.optional("granted").flatMap(Scopes::parse).orElse(new TreeSet<>()));
            codes.answer(ask.code(), ask.client(), ask.owner(), Answer.ALLOWED, granted);
        }
    }

    private void deny(Context ctx, Browser browser, UserCode code) {
        Step next = steps.next(code, browser, ctx.ip());
        if (next instanceof Step.Ask ask) {
            codes.answer(ask.code(), ask.client(), ask.owner(), Answer.DENIED, Set.of());
        } else if (next instanceof Step.Deny deny) {
            codes.answer(deny.code(), deny.client(), deny.owner(), deny.answer(), Set.of());
        }
    }
}
