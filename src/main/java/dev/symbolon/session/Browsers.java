package dev.symbolon.session;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.http.Exchange;
import dev.symbolon.user.ResourceOwner;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows browsers by their cookie. One that nobody has logged in with leaves nothing in the database. Thread-safe. */
public final class Browsers {
    private final BrowserSessions sessions;
    private final String cookie;
    private final String deviceCookie;
    private final String attributes;
    private final String deviceAttributes;

    /**
     * @param knownFor how long a browser is known again in which somebody has logged in
     * @param https whether people reach this service by HTTPS alone
     */
    public Browsers(BrowserSessions sessions, Duration knownFor, boolean https) {
        this.sessions = sessions;
        this.cookie = https ? "__Host-symbolon" : "symbolon"; // the prefix keeps other hosts from setting it
        this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
        this.deviceCookie = cookie + "-device";
        this.deviceAttributes = attributes + "; Max-Age=" + knownFor.toSeconds();
    }

    /** The browser that sent the request; a new one gets its cookie with the answer. */
    public Browser of(Context ctx) {
        Optional<CookieSecret> sent = sent(ctx, cookie);
        CookieSecret device = sent(ctx, deviceCookie).orElseGet(CookieSecret::random);
        if (sent.isEmpty()) {
            return new Browser(give(ctx), null, device, ctx.ip());
        }
        BrowserSession session = sessions.resume(sent.get()).orElse(null);
        Exchange.of(ctx).user(session == null ? null : session.username());
        return new Browser(sent.get(), session, device, ctx.ip());
    }

    private static Optional<CookieSecret> sent(Context ctx, String name) {
        return Optional.ofNullable(ctx.cookie(name)).flatMap(CookieSecret::parse);
    }

    /**
     * Begins a session under a new cookie, so that nobody can have fixed it before; one there was is over.
     *
     * @param clientId that the user wants to use, as whom {@code owner} was seen; null for none
     * @return false if what kills the user's tokens happened since {@code owner} was read
     */
    public boolean logIn(Context ctx, Browser browser, ResourceOwner owner, @Nullable String clientId) {
        var secret = CookieSecret.random();
        if (!sessions.begin(secret, owner, clientId)) {
            return false;
        }
        logOut(browser);
        give(ctx, secret);
        ctx.res().addHeader("Set-Cookie", deviceCookie + "=" + browser.device().value() + deviceAttributes);
        Exchange.of(ctx).user(owner.username());
        AuditLog.record("login", "user", owner.username(), "client", clientId);
        return true;
    }

    public void logOut(Browser browser) {
        browser.session().ifPresent(session -> sessions.end(session.id()));
    }

    private CookieSecret give(Context ctx) {
        var secret = CookieSecret.random();
        give(ctx, secret);
        return secret;
    }

    private void give(Context ctx, CookieSecret secret) {
        ctx.header("Set-Cookie", cookie + "=" + secret.value() + attributes);
    }
}
