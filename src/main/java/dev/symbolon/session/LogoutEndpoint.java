package dev.symbolon.session;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.http.Parameters;
import dev.symbolon.page.Frame;
import dev.symbolon.page.Hidden;
import dev.symbolon.page.LogoutPage;
import dev.symbolon.page.MessagePage;
import dev.symbolon.page.Page;
import dev.symbolon.page.Pages;
import io.javalin.http.Context;
import java.util.List;

/** {@code /logout}: ends the session, and leads nowhere else. */
public record LogoutEndpoint(Browsers browsers, Pages pages) {
    /** {@code GET}: asks, so that no link of another site logs anybody out. */
    public void get(Context ctx) {
        pages.refusalsToo(ctx);
        Browser browser = browsers.of(ctx);
        Frame frame = Frame.of(ctx);
        var hidden = new Hidden("logout", browser.formToken(), List.of());
        pages.show(
                ctx,
                200,
                browser.session()
                        .<Page>map(session -> new LogoutPage(frame, hidden, session.username()))
                        .orElse(new MessagePage(frame, "logged_out", "", "")));
    }

    /** {@code POST}: does it. */
    public void post(Context ctx) {
        pages.refusalsToo(ctx);
        Parameters form = Parameters.ofBody(ctx);
        Browser browser = browsers.of(ctx);
        if (browser.showed(form.optional("form_token"))) {
            browsers.logOut(browser);
            browser.session().ifPresent(session -> AuditLog.record("logout", "user", session.username()));
            pages.show(ctx, 200, new MessagePage(Frame.of(ctx), "logged_out", "", ""));
        } else {
            pages.show(ctx, 403, new MessagePage(Frame.of(ctx), "expired", "", "logout"));
        }
    }
}
