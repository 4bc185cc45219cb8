package dev.symbolon.device;

import dev.symbolon.page.DeniedPage;
import dev.symbolon.page.DevicePage;
import dev.symbolon.page.Frame;
import dev.symbolon.page.Hidden;
import dev.symbolon.page.LoginPage;
import dev.symbolon.page.MessagePage;
import dev.symbolon.page.Pages;
import dev.symbolon.page.ScopeTexts;
import dev.symbolon.page.UserCodePage;
import dev.symbolon.policy.RequireLink;
import dev.symbolon.session.Browser;
import dev.symbolon.token.DeviceCode.Answer;
import dev.symbolon.token.UserCode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** What people see of the device authorization grant. */
record DevicePages(Pages pages, ScopeTexts scopeTexts) {
    static final String PATH = "device";

    /** Where the browser goes on with a code, relative to the endpoint. */
    static String link(UserCode code) {
        return PATH + "?user_code=" + code.shown();
    }

    /** @param typed what the form is filled in with; may be empty */
    void userCode(Context ctx, Browser browser, String typed) {
        pages.show(ctx, 200, new UserCodePage(Frame.of(ctx), hidden(browser, Map.of()), typed, false));
    }

    /** @param typed what was wrong */
    void retype(Context ctx, Browser browser, String typed) {
        pages.show(ctx, 400, new UserCodePage(Frame.of(ctx), hidden(browser, Map.of()), typed, true));
    }

    void wait(Context ctx) {
        pages.show(ctx, 429, new MessagePage(Frame.of(ctx), "user_code_locked", "", ""));
    }

    void login(Context ctx, Browser browser, UserCode code) {
        login(ctx, 200, browser, code, "");
    }

    /** @param username what was typed */
    void loginFailed(Context ctx, Browser browser, UserCode code, String username) {
        login(ctx, 400, browser, code, username);
    }

    private void login(Context ctx, int status, Browser browser, UserCode code, String username) {
        Frame frame = Frame.of(ctx);
        String lead = frame.text("user_code.login");
        pages.show(ctx, status, new LoginPage(frame, hidden(browser, code), lead, username, status != 200));
    }

    void denied(Context ctx, Browser browser, UserCode code, Step.Deny deny) {
        Frame frame = Frame.of(ctx);
        pages.show(
                ctx,
                403,
                new DeniedPage(
                        frame,
                        hidden(browser, code),
                        deny.client().name(),
                        deny.owner().username(),
                        deny.reason().equals(RequireLink.UNLINKED),
                        deny.reason(),
                        frame.text("device.refuse")));
    }

    void ask(Context ctx, Browser browser, UserCode code, Step.Ask ask) {
        Frame frame = Frame.of(ctx);
        pages.show(
                ctx,
                200,
                new DevicePage(
                        frame,
                        hidden(browser, code),
                        ask.client().name(),
                        ask.owner().username(),
                        code.shown(),
                        scopeTexts.of(frame, ask.client().scopeDescriptions(), ask.scopes()),
                        String.join(" ", ask.scopes())));
    }

    void done(Context ctx, Answer answer) {
        String key = answer == Answer.ALLOWED ? "device_allowed" : "device_denied";
        pages.show(ctx, 200, new MessagePage(Frame.of(ctx), key, "", ""));
    }

    /** The form is not one that was shown to this browser. */
    void expired(Context ctx) {
        pages.show(ctx, 403, new MessagePage(Frame.of(ctx), "expired", "", PATH));
    }

    private static Hidden hidden(Browser browser, UserCode code) {
        return hidden(browser, Map.of("user_code", code.shown()));
    }

    private static Hidden hidden(Browser browser, Map<String, String> request) {
        return new Hidden(PATH, browser.formToken(), List.copyOf(request.entrySet()));
    }
}
