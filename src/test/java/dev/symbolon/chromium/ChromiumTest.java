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
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
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

    private TestService service;
    private HttpServer client;
    private Chromium chromium;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Chromium.isInstalled(), "needs chromium and chromedriver");
        service = TestService.start(directory, "consent.scopes", "read=See your payslips");
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
        chromium = new Chromium();
    }

    @AfterEach
    void stop() {
        if (chromium != null) {
            chromium.close();
            client.stop(0);
            service.close();
        }
    }

    private void authorize(String... more) {
        chromium.open("http://localhost:" + service.port()
                + "/oauth/v2/auth?response_type=code&client_id=1_aaa&state=xyz" + "&redirect_uri=http://127.0.0.1:"
                + client.getAddress().getPort() + "/callback" + String.join("", more));
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
        chromium.open("http://localhost:" + service.port() + "/logout");
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

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "320, false", "320, true"})
    void no_page_for_devices_is_hard_to_use(int width, boolean dark) {
        chromium.looksLike(width, dark);
        String look = width + (dark ? "-dark" : "-light");
        device("");
        check("user-code", look);
        Device device = Device.begin(service);
        device("?user_code=" + device.userCode());
        check("device-login", look);
        logIn("alice", "alice-password");
        chromium.sees("Connect Tutorial?");
        check("device", look);
        chromium.press("Allow");
        chromium.sees("Your device is connected");
        check("device-allowed", look);
        Device another = Device.begin(service);
        device("?user_code=" + another.userCode());
        chromium.press("Deny");
        chromium.sees("Your device is not connected");
        check("device-denied", look);
        for (int i = 0; i < 10; i++) {
            device("?user_code=BBBB-BBBB");
        }
        chromium.reads("This code is wrong or has expired.");
        check("user-code-wrong", look);
        device("?user_code=BBBB-BBBB");
        check("user-code-locked", look);
        chromium.open("http://localhost:" + service.port() + "/logout");
        chromium.press("Log out");
        device("?user_code=" + Device.begin(service).userCode());
        logIn("bob", "bob-password");
        chromium.sees("You cannot use Tutorial");
        check("device-policy", look);
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "320, false", "320, true"})
    void no_page_is_hard_to_use(int width, boolean dark) {
        chromium.looksLike(width, dark);
        chromium.withoutOurScript();
        String look = width + (dark ? "-dark" : "-light");
        authorize();
        check("login", look);
        logIn("alice", "wrong");
        chromium.reads("User name or password is wrong.");
        check("login-failed", look);
        logIn("alice", "alice-password");
        chromium.sees("Allow Tutorial?");
        check("consent", look);
        authorize("&response_mode=form_post");
        chromium.press("Allow");
        chromium.sees("Back to Tutorial");
        check("form-post", look);
        chromium.open("http://localhost:" + service.port() + "/logout");
        check("logout", look);
        chromium.press("Log out");
        chromium.sees("You are logged out");
        check("logged-out", look);
        authorize();
        logIn("bob", "bob-password");
        chromium.sees("You cannot use Tutorial");
        check("denied", look);
        authorize("&client_id=");
        chromium.sees("This cannot be answered");
        check("refused", look);
    }

    private void check(String page, String look) {
        chromium.photograph(page + "-" + look);
        assertEquals(List.of(), chromium.faults(), page);
        assertTrue(chromium.url().startsWith("http://localhost:"), chromium.url());
    }
}
