package dev.symbolon.chromium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.symbolon.Device;
import dev.symbolon.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The pages in a real browser, with a client that shows what it was sent. Skipped where there is no Chromium. */
@Tag("h2")
class ChromiumTest {
    @TempDir
    Path directory;

    private static Chromium chromium;

    private TestService service;
    private HttpServer client;

    @BeforeAll
    static void open() {
        assumeTrue(Chromium.isInstalled(), "needs chromium and chromedriver");
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        chromium.forget();
        service = TestService.start(
                directory,
                "consent.scopes",
                "read=See your payslips",
                "policy.opa.url",
                "http://127.0.0.1:1/v1/data/nobody/listens");
        client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client.createContext("/callback", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String got = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getQuery() + " " + new String(body, UTF_8);
            byte[] page = ("<!DOCTYPE html><main><h1>Client</h1>" + got.replace("&", " ") + "</main>").getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        client.start();
    }

    @AfterEach
    void stop() {
        client.stop(0);
        service.close();
    }

    private String url(String path) {
        return "http://localhost:" + service.port() + path;
    }

    private void authorize(String... more) {
        authorizeAs("1_aaa", more);
    }

    private void authorizeAs(String clientId, String... more) {
        chromium.open(url("/oauth/v2/auth?response_type=code&state=xyz&client_id=") + clientId
                + "&redirect_uri=http://127.0.0.1:" + client.getAddress().getPort() + "/callback"
                + String.join("", more));
    }

    private void logIn(String user, String password) {
        chromium.fill("User name", user);
        chromium.fill("Password", password);
        chromium.press("Log in");
    }

    @Test
    void alice_logs_in_allows_it_and_is_not_asked_again() {
        authorize();
        chromium.sees("Log in");
        logIn("alice", "wrong");
        chromium.reads("User name or password is wrong.");
        logIn("alice", "alice-password");
        chromium.sees("Allow Tutorial?");
        chromium.press("Allow");
        chromium.sees("Client");
        chromium.reads("GET code=sac_");
        authorize();
        chromium.sees("Client");
    }

    @Test
    void everything_can_be_done_with_the_keyboard_alone() {
        authorize();
        chromium.sees("Log in");
        chromium.type("alice", Keys.TAB);
        chromium.type("wrong", Keys.ENTER);
        chromium.reads("User name or password is wrong.");
        chromium.type("alice-password", Keys.ENTER);
        chromium.sees("Allow Tutorial?");
        for (int i = 0; i < 2; i++) { // "Not you?", then "Allow"
            chromium.type(Keys.TAB);
        }
        chromium.type(Keys.ENTER);
        chromium.sees("Client");
        chromium.reads("GET code=sac_");
    }

    @Test
    void the_account_can_be_used_with_the_keyboard_alone() {
        service.login("alice");
        chromium.open(url("/account"));
        chromium.sees("Log in");
        chromium.type("alice", Keys.TAB);
        chromium.type("alice-password", Keys.ENTER);
        chromium.sees("Your account");
        chromium.type(Keys.TAB); // "Log out"
        chromium.type(Keys.TAB); // "Withdraw access"
        chromium.type(Keys.ENTER);
        chromium.reads("The application cannot act for you any more.");
        chromium.type(Keys.TAB); // the present password
        chromium.type("alice-password", Keys.TAB);
        chromium.type("new-password", Keys.TAB);
        chromium.type("new-password", Keys.ENTER);
        chromium.sees("Your password is changed");
        chromium.type(Keys.TAB);
        chromium.type(Keys.ENTER);
        chromium.sees("Your account");
    }

    @Test
    void alice_denies_it() {
        authorize();
        logIn("alice", "alice-password");
        chromium.press("Deny");
        chromium.sees("Client");
        chromium.reads("error=access_denied");
    }

    @Test
    void bob_is_told_and_goes_back_to_the_client_or_is_somebody_else() {
        authorize();
        logIn("bob", "bob-password");
        chromium.sees("You cannot use Tutorial");
        chromium.reads("Your account bob is not linked to the application Tutorial.");
        chromium.press("Not you?");
        chromium.sees("Log in");
        logIn("bob", "bob-password");
        chromium.press("Back to Tutorial");
        chromium.reads("error=access_denied");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void form_post_goes_by_itself_and_by_its_button(boolean script) {
        if (!script) {
            chromium.withoutOurScript();
        }
        authorize("&response_mode=form_post");
        logIn("alice", "alice-password");
        chromium.press("Allow");
        if (!script) {
            chromium.press("Continue");
        }
        chromium.sees("Client");
        chromium.reads("POST null code=sac_");
    }

    @Test
    void alice_logs_out() {
        authorize();
        logIn("alice", "alice-password");
        chromium.sees("Allow Tutorial?");
        chromium.open(url("/logout"));
        chromium.reads("alice");
        chromium.press("Log out");
        chromium.sees("You are logged out");
        authorize();
        chromium.sees("Log in");
    }

    private void device(String query) {
        chromium.open("http://localhost:" + service.port() + "/device" + query);
    }

    @Test
    void alice_connects_a_device_by_its_code() {
        Device device = Device.begin(service);
        device("");
        chromium.sees("Connect a device");
        chromium.fill("Code", "BBBB-BBBB");
        chromium.press("Continue");
        logIn("alice", "alice-password");
        chromium.reads("This code is wrong or has expired.");
        chromium.fill("Code", device.userCode().toLowerCase(Locale.ROOT).replace("-", ""));
        chromium.press("Continue");
        chromium.sees("Connect Tutorial?");
        chromium.reads(device.userCode());
        chromium.press("Allow");
        chromium.sees("Your device is connected");
        assertEquals(200, device.poll().statusCode());
    }

    @Test
    void a_device_can_be_connected_with_the_keyboard_alone() {
        Device device = Device.begin(service);
        device("");
        chromium.sees("Connect a device");
        chromium.type(device.userCode(), Keys.ENTER);
        chromium.sees("Log in");
        chromium.type("alice", Keys.TAB);
        chromium.type("alice-password", Keys.ENTER);
        chromium.sees("Connect Tutorial?");
        for (int i = 0; i < 2; i++) { // "Not you?", then "Allow"
            chromium.type(Keys.TAB);
        }
        chromium.type(Keys.ENTER);
        chromium.sees("Your device is connected");
    }

    @Test
    void bob_cannot_connect_a_device_and_it_is_told() {
        Device device = Device.begin(service);
        device("?user_code=" + device.userCode());
        logIn("bob", "bob-password");
        chromium.sees("You cannot use Tutorial");
        chromium.press("Tell the device");
        chromium.sees("Your device is not connected");
        assertEquals("access_denied", device.poll().path("error"));
    }

    @Test
    void no_page_for_devices_is_hard_to_use() {
        device("");
        check("user-code");
        Device device = Device.begin(service);
        device("?user_code=" + device.userCode());
        check("device-login");
        logIn("alice", "alice-password");
        chromium.sees("Connect Tutorial?");
        check("device");
        chromium.press("Allow");
        chromium.sees("Your device is connected");
        check("device-allowed");
        Device another = Device.begin(service);
        device("?user_code=" + another.userCode());
        chromium.press("Deny");
        chromium.sees("Your device is not connected");
        check("device-denied");
        for (int i = 0; i < 10; i++) {
            device("?user_code=BBBB-BBBB");
        }
        chromium.reads("This code is wrong or has expired.");
        check("user-code-wrong");
        device("?user_code=BBBB-BBBB");
        check("user-code-locked");
        chromium.open("http://localhost:" + service.port() + "/logout");
        chromium.press("Log out");
        chromium.sees("You are logged out");
        device("?user_code=" + Device.begin(service).userCode());
        logIn("bob", "bob-password");
        chromium.sees("You cannot use Tutorial");
        check("device-policy");
    }

    @Test
    void no_page_is_hard_to_use() {
        chromium.withoutOurScript();
        authorize();
        check("login");
        logIn("alice", "wrong");
        chromium.reads("User name or password is wrong.");
        check("login-failed");
        logIn("alice", "alice-password");
        chromium.sees("Allow Tutorial?");
        check("consent");
        authorize("&response_mode=form_post");
        chromium.press("Allow");
        chromium.sees("Back to Tutorial");
        check("form-post");
        chromium.open(url("/logout"));
        check("logout");
        chromium.press("Log out");
        chromium.sees("You are logged out");
        check("logged-out");
        authorize();
        logIn("bob", "bob-password");
        chromium.sees("You cannot use Tutorial");
        check("denied");
        chromium.spoilForms();
        chromium.press("Back to Tutorial");
        chromium.sees("This page has expired");
        check("expired");
        authorize("&client_id=");
        chromium.sees("This cannot be answered");
        check("refused");
    }

    @Test
    void the_account_is_not_hard_to_use() {
        service.password("alice");
        service.run("client create --id payroll --name Payroll-for-the-whole-company --grant password --public"
                + " --policy allow-all");
        service.passwordAsPublic("payroll", "alice");
        chromium.open(url("/account"));
        logIn("alice", "alice-password");
        chromium.sees("Your account");
        chromium.forgetCookies();
        service.clock.advance(Duration.ofMinutes(40));
        chromium.open(url("/account"));
        chromium.sees("Log in");
        check("account-login");
        logIn("alice", "alice-password");
        chromium.sees("Your account");
        check("account");
        chromium.press("Withdraw access");
        chromium.reads("The application cannot act for you any more.");
        check("account-done");
        changePassword("wrong", "new-password", "new-password");
        chromium.reads("The present password is wrong.");
        check("account-password-wrong");
        changePassword("alice-password", "new-password", "other-password");
        chromium.reads("The new passwords are not the same.");
        check("account-password-differ");
        changePassword("alice-password", "new-password", "new-password");
        chromium.sees("Your password is changed");
        check("account-password-changed");
    }

    @Test
    void what_goes_wrong_with_us_is_told_on_pages_too() throws SQLException {
        authorize();
        service.run("client update 1_aaa --policy opa");
        logIn("alice", "alice-password");
        chromium.sees("Too busy at the moment");
        check("busy");
        service.run("client update 1_aaa --policy default");
        var database = service.config().database();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE consent RENAME TO lost");
        }
        authorize();
        chromium.sees("Something went wrong");
        check("failed");
    }

    @Test
    void a_script_of_a_public_client_gets_its_tokens_and_a_foreign_one_gets_nothing() {
        String app = "http://127.0.0.1:" + client.getAddress().getPort() + "/callback";
        service.run("client create --id app --name App --public --grant authorization_code,refresh_token --scope read"
                + " --policy allow-all --redirect-uri " + app);
        authorizeAs("app", "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        logIn("alice", "alice-password");
        chromium.press("Allow");
        chromium.sees("Client");
        String exchange = """
                const metadata = await (await fetch('%s/.well-known/oauth-authorization-server')).json();
                const post = (url, body) => fetch(url, {method: 'POST', body: new URLSearchParams({client_id: 'app', ...body})});
                const code = new URL(location).searchParams.get('code');
                const answer = await post(metadata.token_endpoint, {grant_type: 'authorization_code', code,
                    redirect_uri: '%s', code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'});
                const tokens = await answer.json();
                const again = await post(metadata.token_endpoint, {grant_type: 'refresh_token', refresh_token: tokens.refresh_token});
                const revoked = await post(metadata.revocation_endpoint, {token: (await again.json()).access_token});
                const refusal = await post(metadata.token_endpoint, {grant_type: 'refresh_token', refresh_token: 'x'});
                return [answer.status, tokens.scope, again.status, revoked.status, refusal.status,
                    (await refusal.json()).error, refusal.headers.has('X-Request-Id')].join(' ');
                """.formatted(url(""), app);
        assertEquals("200 read 200 200 400 invalid_grant true", chromium.evaluate(exchange));
        String blocked = "TypeError: Failed to fetch";
        assertEquals(blocked, chromium.evaluate("return (await fetch('" + url("/oauth/v2/introspect") + "')).status"));
        assertEquals(blocked, chromium.evaluate("return (await fetch('" + url("/oauth/v2/auth") + "')).status"));
        assertEquals(
                blocked,
                chromium.evaluate(
                        "return (await fetch('" + url("/oauth/v2/token") + "', {credentials: 'include'})).status"));
        chromium.open(app.replace("127.0.0.1", "localhost"));
        chromium.sees("Client");
        assertEquals(blocked, chromium.evaluate(exchange));
    }

    @Test
    void a_page_of_an_allowed_origin_gets_tokens_at_a_door_and_another_page_nothing() {
        String page = "http://127.0.0.1:" + client.getAddress().getPort() + "/callback";
        service.run("door create app --client 1_aaa --origin " + page.replace("/callback", ""));
        String exchange = """
                const post = body => fetch('%s', {method: 'POST', body: new URLSearchParams(body)});
                const answer = await post({grant_type: 'password', username: 'alice', password: 'alice-password'});
                const tokens = await answer.json();
                const again = await post({grant_type: 'refresh_token', refresh_token: tokens.refresh_token});
                const refusal = await post({grant_type: 'password', username: 'bob', password: 'bob-password'});
                return [answer.status, tokens.scope, again.status, (await refusal.json()).error_description].join(' ');
                """.formatted(url("/door/app/token"));
        chromium.open(page);
        chromium.sees("Client");
        assertEquals("200 read write 200 user is not linked to this client", chromium.evaluate(exchange));
        chromium.open(page.replace("127.0.0.1", "localhost"));
        chromium.sees("Client");
        assertEquals("TypeError: Failed to fetch", chromium.evaluate(exchange));
    }

    private void changePassword(String old, String chosen, String again) {
        chromium.fill("Present password", old);
        chromium.fill("New password", chosen);
        chromium.fill("New password once more", again);
        chromium.press("Change password");
    }

    /** The page that is open, on wide and on narrow screens, in light and in dark. */
    private void check(String page) {
        assertTrue(chromium.url().startsWith("http://localhost:"), chromium.url());
        for (int width : List.of(1280, 320)) {
            for (boolean dark : List.of(false, true)) {
                String look = page + "-" + width + (dark ? "-dark" : "-light");
                chromium.looksLike(width, dark);
                chromium.photograph(look);
                assertEquals(List.of(), chromium.faults(), look);
            }
        }
    }
}
