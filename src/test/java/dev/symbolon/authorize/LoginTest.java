package dev.symbolon.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Login, sessions, and what ends them. */
class LoginTest extends BrowserTest {
    private boolean isLoggedIn() {
        return !visitor.authorize().title().equals("Log in");
    }

    private Seen login(String username, String password) {
        return visitor.submit(visitor.authorize(), "login", "username", username, "password", password);
    }

    @ParameterizedTest
    @CsvSource({"alice, wrong", "nobody, alice-password", "carol, carol-password", "alice, ''", "'', x", "<b>, x"})
    void a_wrong_password_an_unknown_and_a_disabled_user_get_the_same_page(String username, String password) {
        service.run("user create carol --password carol-password");
        service.run("user disable carol");
        Seen seen = login(username, password);
        assertEquals(400, seen.status());
        assertTrue(seen.body().contains("<p class=\"error\" id=\"problem\">User name or password is wrong.</p>"));
        assertFalse(seen.body().contains("<b>"));
        assertFalse(!password.isEmpty() && seen.body().contains("value=\"" + password + "\""), "no password is echoed");
        assertFalse(isLoggedIn());
    }

    @Test
    void a_login_gives_the_browser_a_new_id_and_the_old_one_is_worth_nothing() {
        visitor.authorize();
        String before = visitor.cookie();
        visitor.logIn(visitor.authorize(), "alice");
        String after = visitor.cookie();
        assertNotEquals(before, after);
        assertTrue(after.matches("[A-Za-z0-9_-]{43}"), after);
        visitor.setCookie(before);
        assertFalse(isLoggedIn());
        visitor.setCookie(after);
        assertTrue(isLoggedIn());
    }

    @Test
    void a_second_login_ends_the_first_session() {
        visitor.logIn(visitor.authorize(), "alice");
        String first = visitor.cookie();
        visitor.logIn(visitor.authorize("prompt", "login"), "alice");
        visitor.setCookie(first);
        assertFalse(isLoggedIn());
    }

    @Test
    void rfc_9700_4_7_a_form_that_was_not_shown_to_this_browser_does_nothing() {
        Seen others = new Visitor(service).authorize();
        visitor.authorize();
        Seen seen = visitor.submit(others, "login", "username", "alice", "password", "alice-password");
        assertEquals(403, seen.status());
        assertEquals("This page has expired", seen.title());
        assertFalse(isLoggedIn());
        Seen consent = visitor.logIn(visitor.authorize(), "alice");
        for (String token : List.of("", "x", others.hidden().get("form_token"))) {
            assertEquals(
                    403, visitor.submit(consent, "allow", "form_token", token).status());
            assertEquals(
                    403, visitor.submit(consent, "deny", "form_token", token).status());
            assertEquals(
                    403, visitor.submit(consent, "switch", "form_token", token).status());
        }
        assertTrue(isLoggedIn());
        assertEquals("[]\n", service.run("consent list --json"));
    }

    @Test
    void a_form_without_a_cookie_does_nothing() {
        Seen login = visitor.authorize();
        Seen seen = new Visitor(service).submit(login, "login", "username", "alice", "password", "alice-password");
        assertEquals(403, seen.status());
        assertEquals("[]\n", service.run("session list --json"));
    }

    @Test
    void the_cookie_is_for_http_alone_and_for_this_site_alone() {
        assertTrue(visitor.authorize()
                .header("Set-Cookie")
                .matches("symbolon=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax"));
    }

    @Test
    void on_https_the_cookie_is_secure_and_of_this_host_alone_and_the_browser_stays_with_https() {
        service = service.restart("issuer", "https://id.example.com");
        Seen seen = new Visitor(service).authorize();
        assertTrue(seen.header("Set-Cookie")
                .matches("__Host-symbolon=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure"));
        assertEquals("max-age=31536000", seen.header("Strict-Transport-Security"));
    }

    @Test
    void no_page_can_be_framed_cached_or_scripted() {
        Seen login = visitor.authorize();
        Seen failed = login("alice", "wrong");
        Seen consent = visitor.logIn(visitor.authorize(), "alice");
        Seen expired = visitor.submit(consent, "allow", "form_token", "x");
        Seen refused = visitor.authorize("client_id", "nobody");
        Seen redirect = visitor.submit(consent, "deny");
        Seen denied = new Visitor(service).logIn(new Visitor(service).authorize(), "bob");
        for (Seen seen : List.of(login, failed, consent, expired, refused, redirect, denied, visitor.get("/logout"))) {
            assertEquals("no-store", seen.header("Cache-Control"));
            assertEquals("no-referrer", seen.header("Referrer-Policy"));
            assertEquals("nosniff", seen.header("X-Content-Type-Options"));
            assertEquals("", seen.header("Strict-Transport-Security"), "on HTTPS alone");
            if (!seen.body().isEmpty()) {
                String policy = seen.header("Content-Security-Policy");
                assertTrue(policy.startsWith(
                        "default-src 'none'; style-src 'self'; script-src 'none'; form-action 'self'"));
                assertTrue(policy.endsWith("; base-uri 'none'; frame-ancestors 'none'"));
                assertFalse(policy.contains("unsafe"));
                assertFalse(seen.body().contains(" style=") || seen.body().contains("<style"), seen.body());
            }
        }
    }

    @Test
    void a_session_ends_when_it_is_idle_and_in_any_case_when_its_time_is_over() {
        visitor.logIn(visitor.authorize(), "alice");
        for (int minutes = 0; minutes < 11 * 60; minutes += 59) {
            service.clock.advance(Duration.ofMinutes(59));
            assertTrue(isLoggedIn(), "after " + minutes);
        }
        service.clock.advance(Duration.ofMinutes(59));
        assertFalse(isLoggedIn(), "after 12 hours");
        visitor.logIn(visitor.authorize(), "alice");
        service.clock.advance(Duration.ofMinutes(60));
        assertFalse(isLoggedIn(), "after an hour without a request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user disable alice; user enable alice",
                "user set-password alice --password alice-password",
                "user delete alice; user create alice --password alice-password; link add alice 1_aaa",
                "token revoke --user alice",
                "session end --user alice"
            })
    void what_happens_to_the_user_ends_the_session_at_once_and_for_good(String events) {
        visitor.logIn(visitor.authorize(), "alice");
        assertTrue(isLoggedIn());
        for (String command : events.split("; ")) {
            service.run(command);
        }
        assertFalse(isLoggedIn());
        assertEquals("[]\n", service.run("session list --json"));
        visitor.logIn(visitor.authorize(), "alice");
        assertTrue(isLoggedIn());
    }

    @Test
    void what_happens_to_others_does_not() {
        visitor.logIn(visitor.authorize(), "alice");
        service.run("user disable bob");
        service.run("client update 1_aaa --name Renamed");
        service.run("link remove alice 1_aaa");
        service.run("link add alice 1_aaa");
        assertTrue(isLoggedIn());
    }

    @Test
    void a_session_ends_at_logout_which_asks_first_and_leads_nowhere() {
        visitor.logIn(visitor.authorize(), "alice");
        Seen asked = visitor.get("/logout?post_logout_redirect_uri=https://evil.example");
        assertTrue(asked.body().contains("alice"));
        assertTrue(isLoggedIn());
        assertEquals(403, visitor.post("/logout", Map.of("form_token", "x")).status());
        assertTrue(isLoggedIn());
        Seen done = visitor.post("/logout", asked.hidden());
        assertEquals("You are logged out", done.title());
        assertFalse(isLoggedIn());
        assertEquals("You are logged out", visitor.get("/logout").title());
    }

    @Test
    void another_user_can_take_over_by_not_you() {
        Seen consent = visitor.logIn(visitor.authorize(), "alice");
        Seen login = visitor.follow(visitor.submit(consent, "switch"));
        assertEquals("Log in", login.title());
        assertEquals("[]\n", service.run("session list --json"));
        service.run("link add bob 1_aaa");
        assertTrue(visitor.logIn(login, "bob").body().contains("bob"));
    }

    @Test
    void a_session_is_for_every_client_and_each_is_judged_by_itself() {
        service.run(
                "client create --id other --name Other --grant authorization_code --redirect-uri " + Visitor.CALLBACK);
        visitor.code("alice");
        assertEquals(
                "You cannot use Other", visitor.authorize("client_id", "other").title());
    }

    @Test
    void a_visitor_who_does_not_log_in_leaves_nothing_behind() {
        visitor.authorize();
        login("alice", "wrong");
        assertEquals("[]\n", service.run("session list --json"));
    }

    @Test
    void session_list_shows_who_is_logged_in_and_session_end_logs_out() {
        visitor.logIn(visitor.authorize(), "alice");
        service.clock.advance(Duration.ofSeconds(1));
        var other = new Visitor(service);
        other.logIn(other.authorize(), "bob");
        List<Map<String, Object>> sessions =
                JsonPath.from(service.run("session list --json")).getList("$");
        assertEquals(2, sessions.size());
        assertEquals(
                java.util.Set.of("id", "username", "started_at", "idle_until", "expires_at"),
                sessions.get(0).keySet());
        assertEquals("alice", sessions.get(0).get("username"));
        assertEquals(
                1,
                JsonPath.from(service.run("session list --user bob --json"))
                        .getList("$")
                        .size());
        assertFalse(service.run("session list").contains(visitor.cookie()));
        service.run("session end " + sessions.get(0).get("id"));
        assertFalse(isLoggedIn());
        assertEquals(
                1,
                service.attempt("session", "end", String.valueOf(sessions.get(0).get("id")))
                        .exitCode());
        assertEquals(2, service.attempt("session", "end", "x").exitCode());
        assertEquals(2, service.attempt("session", "end").exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-CH,de;q=0.9,en;q=0.8 | de | Anmelden",
                "fr | en | Log in",
                "*;q=x,,; | en | Log in",
                "en-GB | en | Log in"
            })
    void pages_speak_the_language_of_the_browser(String accepted, String language, String title) {
        String page = service.form()
                .urlEncodingEnabled(false)
                .header("Accept-Language", accepted)
                .get("/oauth/v2/auth?" + Visitor.encode(Visitor.request()))
                .asString();
        assertTrue(page.contains("<html lang=\"" + language + "\">"), page);
        assertTrue(page.contains("<h1>" + title + "</h1>"), page);
    }
}
