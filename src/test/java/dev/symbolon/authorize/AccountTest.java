package dev.symbolon.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see and decide about their own account. */
class AccountTest extends BrowserTest {
    private static final String NEW = "a new password";

    private static Seen submit(Visitor visitor, String step, String... fields) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("form_token", visitor.get("/account").hidden().get("form_token"));
        form.put("step", step);
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return visitor.post("/account", form);
    }

    private Seen submit(String step, String... fields) {
        return submit(visitor, step, fields);
    }

    private static Visitor loggedIn(TestService service, String user) {
        var visitor = new Visitor(service);
        submit(visitor, "login", "username", user, "password", user + "-password");
        return visitor;
    }

    private void logIn() {
        visitor = loggedIn(service, "alice");
    }

    private Seen changePassword(String old, String chosen, String again) {
        return submit("password", "old", old, "password", chosen, "again", again);
    }

    private static boolean isIn(Visitor visitor) {
        return visitor.get("/account").title().equals("Your account");
    }

    private static int sessions(Seen account) {
        return account.body().split("name=\"session\"", -1).length - 1;
    }

    @Test
    void who_is_not_logged_in_logs_in_first_and_comes_back() {
        Seen login = visitor.get("/account");
        assertEquals("Log in", login.title());
        assertTrue(login.body().contains("to see your account"));
        Seen wrong = submit("login", "username", "alice", "password", "wrong");
        assertEquals(400, wrong.status());
        assertTrue(wrong.body().contains("User name or password is wrong."));
        Seen right = submit("login", "username", "alice", "password", "alice-password");
        assertEquals(303, right.status());
        assertEquals("account", right.location());
        assertTrue(visitor.get("/account").body().contains("You are logged in as alice."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"next", "return_to", "redirect_uri", "post_logout_redirect_uri"})
    void the_way_back_leads_nowhere_else(String parameter) {
        String token = visitor.get("/account?" + parameter + "=https://evil.example")
                .hidden()
                .get("form_token");
        Seen right = visitor.post(
                "/account?" + parameter + "=https://evil.example",
                Map.of(
                        "form_token",
                        token,
                        "step",
                        "login",
                        "username",
                        "alice",
                        "password",
                        "alice-password",
                        parameter,
                        "https://evil.example"));
        assertEquals("account", right.location());
    }

    @Test
    void a_user_without_any_link_has_an_account_too() {
        Visitor bob = loggedIn(service, "bob");
        Seen account = bob.get("/account");
        assertTrue(account.body().contains("You are logged in as bob."));
        assertTrue(account.body().contains("There are none."));
    }

    @Test
    void an_application_whose_tokens_went_with_their_door_is_not_shown() {
        service.run("door create app --client 1_aaa");
        assertEquals(200, service.passwordAtDoor("app", "alice").statusCode());
        logIn();
        assertTrue(visitor.get("/account").body().contains("Tutorial"));
        service.run("door delete app");
        assertFalse(visitor.get("/account").body().contains("Tutorial"));
    }

    @Test
    void a_session_is_the_same_here_and_where_clients_send_their_users() {
        visitor.logIn(visitor.authorize(), "alice");
        assertTrue(isIn(visitor));
        var other = loggedIn(service, "alice");
        assertEquals("Allow Tutorial?", other.authorize().title());
    }

    @Test
    void an_application_with_a_consent_is_shown_with_its_scopes_in_words_and_when_it_last_got_access() {
        service.run("client update 1_aaa --scope-description read=Mail");
        service.clock.advance(Duration.ofMinutes(3));
        exchangeRightly(visitor.code("alice", "scope", "read"));
        Seen account = visitor.get("/account");
        assertTrue(account.body().contains("<h3>Tutorial</h3>"));
        assertTrue(account.body().contains("<li>Mail</li>"));
        assertFalse(account.body().contains("“write”"));
        assertTrue(
                Pattern.compile("Last got access on .*20\\d\\d.* UTC\\.")
                        .matcher(account.body())
                        .find(),
                account.body());
        service.clock.advance(Duration.ofDays(20));
        logIn();
        assertTrue(visitor.get("/account").body().contains("Has no access at the moment"));
    }

    @Test
    void an_application_with_a_live_token_and_no_consent_is_shown_too_and_a_dead_token_is_not() {
        Granted granted = service.login("alice");
        logIn();
        Seen account = visitor.get("/account");
        assertTrue(account.body().contains("<h3>Tutorial</h3>"));
        assertTrue(account.body().contains("Use the permission “write”"));
        service.revoke(granted.access());
        assertTrue(visitor.get("/account").body().contains("There are none."));
        service.login("alice");
        assertFalse(visitor.get("/account").body().contains("There are none."));
        service.run("token revoke --client 1_aaa");
        assertTrue(visitor.get("/account").body().contains("There are none."));
    }

    @Test
    void an_application_is_shown_once_with_all_that_it_may_do_and_others_access_is_not_shown() {
        service.run("link add bob 1_aaa");
        service.login("bob");
        logIn();
        assertTrue(visitor.get("/account").body().contains("There are none."));
        service.login("alice", "scope", "read");
        service.login("alice", "scope", "write");
        service.run("client create --id plain --name Plain --grant password --public --policy allow-all");
        service.passwordAsPublic("plain", "alice");
        String body = visitor.get("/account").body();
        assertEquals(2, body.split("<h3>Tutorial</h3>", -1).length);
        assertEquals(2, body.split("<h3>Plain</h3>", -1).length);
        assertEquals(2, body.split("“read”", -1).length);
        assertEquals(2, body.split("“write”", -1).length);
        assertFalse(body.contains("“”"), "no scope is none of that name");
    }

    @Test
    void withdrawing_kills_tokens_codes_and_consent_at_once_and_for_good_and_nobody_elses() {
        service.run("link add bob 1_aaa");
        Granted bobs = service.login("bob");
        Granted alices = Granted.by(exchangeRightly(visitor.code("alice")));
        Granted withoutConsent = service.login("alice");
        String code = visitor.code("alice", "prompt", "login");
        Seen seen = submit("withdraw", "client_id", "1_aaa");
        assertEquals(200, seen.status());
        assertTrue(seen.body().contains("The application cannot act for you any more."));
        assertTrue(seen.body().contains("There are none."));
        for (String token : List.of(alices.access(), alices.refresh(), withoutConsent.access())) {
            assertFalse(service.isActive(token));
        }
        assertEquals(400, service.refresh(alices.refresh()).statusCode());
        assertEquals(400, exchangeRightly(code).statusCode());
        assertTrue(service.isActive(bobs.access()));
        assertEquals("Allow Tutorial?", visitor.authorize().title());
        assertTrue(service.isActive(service.login("alice").access()), "new ones live");
        assertFalse(service.isActive(alices.access()));
    }

    @Test
    void withdrawing_waits_for_no_change_of_links_that_takes_long() {
        logIn();
        service.whileLinksChange(() -> assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertEquals(503, submit("withdraw", "client_id", "1_aaa").status())));
        assertEquals(200, submit("withdraw", "client_id", "1_aaa").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "\u0000", "\u0001", "1_aaa' OR '1'='1"})
    void withdrawing_what_is_not_there_changes_nothing(String client) {
        Granted granted = service.login("alice");
        logIn();
        assertEquals(200, submit("withdraw", "client_id", client).status());
        assertTrue(service.isActive(granted.access()));
    }

    @Test
    void the_sessions_are_shown_with_this_one_marked_and_one_of_them_is_ended() {
        logIn();
        service.clock.advance(Duration.ofSeconds(1));
        Visitor other = loggedIn(service, "alice");
        loggedIn(service, "bob");
        Seen account = visitor.get("/account");
        assertEquals(2, sessions(account));
        assertEquals(2, account.body().split("This browser", -1).length);
        String others = other.get("/account").hidden().get("session"); // the last shown, which is the first begun
        assertTrue(submit(other, "end", "session", others).body().contains("The other browser is logged out."));
        assertFalse(isIn(visitor));
        assertTrue(isIn(other));
    }

    @Test
    void a_session_whose_time_is_nearly_over_is_not_said_to_last_longer() {
        logIn();
        assertTrue(visitor.get("/account").body().contains("or later if it is used before"));
        service = service.restart("session.idle-ttl", "1h", "session.absolute-ttl", "1h");
        logIn();
        assertTrue(visitor.get("/account").body().contains("UTC.</p>"));
        assertFalse(submit("end_others").body().contains("or later"));
    }

    @Test
    void nobody_ends_anothers_session() {
        logIn();
        String alices = visitor.get("/account").hidden().get("session");
        Visitor bob = loggedIn(service, "bob");
        submit(bob, "end", "session", alices);
        submit(bob, "end", "session", "no id");
        submit(bob, "end_others");
        assertTrue(isIn(visitor));
    }

    @Test
    void all_other_sessions_are_ended_together() {
        Visitor first = loggedIn(service, "alice");
        Visitor second = loggedIn(service, "alice");
        logIn();
        submit("end_others");
        assertEquals(List.of(false, false, true), List.of(isIn(first), isIn(second), isIn(visitor)));
        assertFalse(visitor.get("/account").body().contains("Log out everywhere else"));
    }

    @Test
    void more_than_a_page_shows_is_said_and_this_browser_is_always_shown() {
        for (int i = 0; i < 100; i++) {
            loggedIn(service, "alice");
        }
        logIn();
        Seen account = visitor.get("/account");
        assertEquals(100, sessions(account));
        assertTrue(account.body().contains("This browser"));
        assertTrue(account.body().contains("There is more than is shown here."));
    }

    @Test
    void a_new_password_kills_tokens_and_other_sessions_and_keeps_this_one_under_a_new_id() {
        Granted granted = service.login("alice");
        Visitor other = loggedIn(service, "alice");
        logIn();
        String before = visitor.cookie();
        Seen seen = changePassword("alice-password", NEW, NEW);
        assertEquals("Your password is changed", seen.title());
        assertNotEquals(before, visitor.cookie());
        assertTrue(isIn(visitor));
        assertFalse(isIn(other));
        assertFalse(service.isActive(granted.access()));
        assertFalse(service.isActive(granted.refresh()));
        assertEquals(400, service.password("alice").statusCode());
        service.token("grant_type", "password", "username", "alice", "password", NEW)
                .then()
                .statusCode(200);
        visitor.setCookie(before);
        assertFalse(isIn(visitor));
    }

    @ParameterizedTest
    @CsvSource({
        "wrong, x, x, The present password is wrong.",
        "'', x, x, The present password is wrong.",
        "bob-password, x, x, The present password is wrong.",
        "alice-password, x, y, The new passwords are not the same.",
        "wrong, x, y, The new passwords are not the same.",
        "alice-password, x, '', The new passwords are not the same.",
        "alice-password, '', '', 'The new password must have 1 to 1,024 characters.'",
    })
    void the_password_is_changed_only_by_who_knows_it_and_can_type_the_new_one(
            String old, String chosen, String again, String words) {
        logIn();
        Seen seen = changePassword(old, chosen, again);
        assertEquals(400, seen.status());
        assertTrue(seen.body().contains("<p class=\"error\" id=\"problem\">" + words + "</p>"), seen.body());
        assertTrue(isIn(visitor));
        assertEquals(200, service.password("alice").statusCode());
    }

    @Test
    void an_impossible_password_is_refused() {
        logIn();
        for (String impossible : List.of("x".repeat(1025), "a\u0000b")) {
            assertEquals(
                    400,
                    changePassword("alice-password", impossible, impossible).status());
        }
        assertEquals(200, service.password("alice").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdraw", "end", "end_others", "password", "login"})
    void rfc_9700_4_7_a_form_that_was_not_shown_to_this_browser_does_nothing(String step) {
        Granted granted = Granted.by(exchangeRightly(visitor.code("alice")));
        Visitor other = loggedIn(service, "alice");
        String foreign = other.get("/account").hidden().get("form_token");
        for (String token : List.of("", "x", foreign)) {
            Seen seen = visitor.post(
                    "/account",
                    Map.of(
                            "form_token", token,
                            "step", step,
                            "client_id", "1_aaa",
                            "username", "bob",
                            "old", "alice-password",
                            "password", "bob-password",
                            "again", "bob-password"));
            assertEquals(403, seen.status());
            assertEquals("This page has expired", seen.title());
            assertTrue(seen.body().contains("href=\"account\""));
        }
        assertTrue(service.isActive(granted.access()));
        assertTrue(isIn(other));
        assertEquals(200, service.password("alice").statusCode());
    }

    @Test
    void a_form_of_a_session_that_has_ended_leads_to_the_login() {
        logIn();
        Granted granted = service.login("alice");
        String token = visitor.get("/account").hidden().get("form_token");
        service.run("session end --user alice");
        Seen seen = visitor.post("/account", Map.of("form_token", token, "step", "withdraw", "client_id", "1_aaa"));
        assertEquals(303, seen.status());
        assertEquals("account", seen.location());
        assertTrue(service.isActive(granted.access()));
        assertFalse(isIn(visitor));
    }

    @Test
    void a_step_that_no_form_has_is_refused() {
        logIn();
        assertEquals(400, submit("delete_everything").status());
    }

    @Test
    void it_cannot_be_framed_cached_or_scripted_and_what_is_in_it_is_text() {
        service.run("user create <b>x</b> --password <b>x</b>-password");
        visitor = loggedIn(service, "<b>x</b>");
        Seen seen = visitor.get("/account");
        assertEquals(
                "default-src 'none'; style-src 'self'; script-src 'none'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'",
                seen.header("Content-Security-Policy"));
        assertEquals("no-store", seen.header("Cache-Control"));
        assertEquals("no-referrer", seen.header("Referrer-Policy"));
        assertEquals("nosniff", seen.header("X-Content-Type-Options"));
        assertFalse(seen.body().contains("<b>"));
    }

    @Test
    void it_speaks_german() {
        logIn();
        String page = service.form()
                .header("Accept-Language", "de")
                .cookie("symbolon", visitor.cookie())
                .get("/account")
                .asString();
        assertTrue(page.contains("<h1>Ihr Konto</h1>"));
        assertTrue(page.contains("Wo Sie angemeldet sind"));
    }
}
