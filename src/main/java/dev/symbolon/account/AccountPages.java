package dev.symbolon.account;

import dev.symbolon.page.AccountPage;
import dev.symbolon.page.AccountPage.Application;
import dev.symbolon.page.AccountPage.Login;
import dev.symbolon.page.Frame;
import dev.symbolon.page.Hidden;
import dev.symbolon.page.LoginPage;
import dev.symbolon.page.MessagePage;
import dev.symbolon.page.Pages;
import dev.symbolon.page.ScopeTexts;
import dev.symbolon.session.Browser;
import dev.symbolon.session.BrowserSession;
import dev.symbolon.session.BrowserSessions;
import dev.symbolon.store.Database;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What people see of their account. */
record AccountPages(Database database, BrowserSessions sessions, Pages pages, ScopeTexts scopeTexts, Clock clock) {
    /** What a page shows at most, of applications and of sessions. */
    static final int MOST = 100;

    private static final UUID FIRST = new UUID(0, 0);

    /** @param username what to begin with */
    void login(Context ctx, Browser browser, int status, String username) {
        Frame frame = Frame.of(ctx);
        String lead = frame.text("login.account");
        pages.show(ctx, status, new LoginPage(frame, hidden(browser), lead, username, status != 200));
    }

    /** @param outcome key of what to say of what was just done; empty for nothing */
    void account(Context ctx, Browser browser, BrowserSession login, int status, String outcome) {
        Frame frame = Frame.of(ctx);
        List<Access> accesses = accesses(login.userId());
        List<BrowserSession> logins = sessions.list(FIRST, login.userId(), MOST + 1);
        pages.show(
                ctx,
                status,
                new AccountPage(
                        frame,
                        hidden(browser),
                        login.username(),
                        outcome,
                        status != 200,
                        accesses.stream()
                                .limit(MOST)
                                .map(access -> application(frame, access))
                                .toList(),
                        Stream.concat(Stream.of(login), logins.stream().filter(other -> !isSame(other, login)))
                                .limit(MOST)
                                .map(each -> login(frame, each, isSame(each, login)))
                                .toList(),
                        accesses.size() > MOST || logins.size() > MOST));
    }

    private static Hidden hidden(Browser browser) {
        return new Hidden("account", browser.formToken(), List.of());
    }

    void message(Context ctx, int status, String key) {
        pages.show(ctx, status, new MessagePage(Frame.of(ctx), key, "", "account"));
    }

    private List<Access> accesses(UUID userId) {
        Instant now = clock.instant();
        Map<String, Access> byClient = new LinkedHashMap<>();
        database.read(AccountDao.class, dao -> dao.accesses(userId, now, 2 * (MOST + 1)))
                .forEach(access -> byClient.merge(access.clientId(), access, Access::and));
        return List.copyOf(byClient.values());
    }

    private Application application(Frame frame, Access access) {
        Instant issuedAt = access.issuedAt();
        return new Application(
                access.clientId(),
                access.name(),
                scopeTexts.of(frame, access.scopeDescriptions(), access.scopes()),
                issuedAt == null
                        ? frame.text("account.unused")
                        : frame.text("account.used", frame.texts().time(issuedAt)));
    }

    private static Login login(Frame frame, BrowserSession login, boolean here) {
        boolean isLast = login.idleUntil().equals(login.expiresAt());
        return new Login(
                login.id(),
                frame.text("account.since", frame.texts().time(login.startedAt())),
                frame.text(
                        isLast ? "account.ends" : "account.until", frame.texts().time(login.idleUntil())),
                here);
    }

    private static boolean isSame(BrowserSession one, BrowserSession other) {
        return one.id().equals(other.id());
    }
}
