package dev.symbolon.authorize;

import static dev.symbolon.authorize.Visitor.CALLBACK;
import static dev.symbolon.authorize.Visitor.encode;
import static dev.symbolon.authorize.Visitor.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization endpoint (RFC 6749 section 4.1.1, RFC 9207, RFC 9700 sections 2.1 and 4). */
class AuthorizationRequestTest extends BrowserTest {
    private static final String PKCE_OFF = "code_challenge";

    /** What the client is told when alice has logged in. */
    private Map<String, String> answer(String... changes) {
        Seen login = visitor.authorize(changes);
        assertEquals("Log in", login.title(), "nothing is told before the login (RFC 9700 section 4.11.2)");
        Seen seen = visitor.logIn(login, "alice");
        return (seen.status() == 200 ? visitor.submit(seen, "allow") : seen).answer();
    }

    private void refused(String error, String... changes) {
        Map<String, String> answer = answer(changes);
        assertEquals(error, answer.get("error"));
        assertTrue(answer.get("error_description").matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+"));
        assertFalse(answer.containsKey("code"));
        assertEquals(service.issuer(), answer.get("iss"));
    }

    private void pageRefused(Seen seen) {
        assertEquals(400, seen.status());
        assertEquals("", seen.location());
        assertEquals("This cannot be answered", seen.title());
    }

    @Test
    void rfc_9207_the_answer_has_the_code_the_state_and_the_issuer() {
        Map<String, String> answer = answer();
        assertEquals(Set.of("code", "state", "iss"), answer.keySet());
        assertEquals("xyz", answer.get("state"));
        assertEquals(service.issuer(), answer.get("iss"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b&c=d#e%00\"<script>'", "äöü €", "/?+%20;", "\r\nSet-Cookie: x=y"})
    void the_state_comes_back_untouched(String state) {
        assertEquals(state, answer("state", state).get("state"));
    }

    @Test
    void without_a_state_there_is_none_in_the_answer() {
        assertEquals(Set.of("code", "iss"), answer("state", null).keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "2_ccc%", "<script>"})
    void an_unknown_client_gets_a_page_and_no_redirect(String client) {
        pageRefused(visitor.authorize("client_id", client));
        pageRefused(visitor.authorize("client_id", client, "prompt", "none"));
    }

    @Test
    void a_disabled_client_is_an_unknown_one() {
        service.run("client disable 1_aaa");
        pageRefused(visitor.authorize());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:3000/callback/",
                "http://127.0.0.1:3000/Callback",
                "http://127.0.0.1:3000/callback?x=1",
                "http://127.0.0.1:3000/callback#f",
                "http://127.0.0.1:3000/callback/../x",
                "http://127.0.0.1:3000/call%62ack",
                "http://localhost:3000/callback",
                "https://127.0.0.1:3000/callback",
                "http://127.0.0.1:80@evil.example/callback",
                "http://127.0.0.1:3000@evil.example/callback",
                "http://evil.example/callback",
                "http://127.0.0.1.evil.example/callback",
                "http://127.0.0.1:999999/callback",
                "javascript:alert(1)",
                "//127.0.0.1:3000/callback",
                "http://127.0.0.1:3000/callback\r\nX: y"
            })
    void rfc_9700_2_1_a_redirect_uri_that_is_not_exactly_a_registered_one_gets_a_page_and_no_redirect(String uri) {
        pageRefused(visitor.authorize("redirect_uri", uri));
        pageRefused(visitor.authorize("redirect_uri", uri, "prompt", "none"));
    }

    @Test
    void rfc_8252_7_3_the_port_of_a_loopback_address_is_free() {
        Seen seen = visitor.logIn(visitor.authorize("redirect_uri", "http://127.0.0.1:49152/callback"), "alice");
        Map<String, String> answer = visitor.submit(seen, "allow").answer("http://127.0.0.1:49152/callback");
        assertTrue(answer.containsKey("code"));
    }

    @Test
    void with_several_registered_redirect_uris_one_has_to_be_named() {
        service.run("client update 1_aaa --redirect-uri https://a.example/cb,https://b.example/cb?x=1");
        pageRefused(visitor.authorize("redirect_uri", null));
        Seen seen = visitor.logIn(visitor.authorize("redirect_uri", "https://b.example/cb?x=1"), "alice");
        String location = visitor.submit(seen, "allow").location();
        assertTrue(location.startsWith("https://b.example/cb?x=1&code=sac_"), location);
    }

    @Test
    void a_repeated_client_id_or_redirect_uri_gets_a_page_and_another_repeated_parameter_an_error() {
        String query = "/oauth/v2/auth?" + encode(request());
        pageRefused(visitor.get(query + "&client_id=1_aaa"));
        pageRefused(visitor.get(query + "&redirect_uri="));
        Seen login = visitor.get(query + "&state=abc&scope=read");
        Seen in = visitor.post("/oauth/v2/auth", login.form() + "&step=login&username=alice&password=alice-password");
        Map<String, String> answer = visitor.follow(in).answer();
        assertEquals("invalid_request", answer.get("error"));
        assertFalse(answer.containsKey("state"));
    }

    @Test
    void a_parameter_that_was_repeated_in_a_form_of_the_client_s_is_a_fault_as_well() {
        visitor.logIn(visitor.authorize(), "alice");
        String form = encode(request()) + "&state=abc";
        Seen redirect = visitor.post("/oauth/v2/auth", form);
        assertEquals(303, redirect.status());
        assertEquals("invalid_request", visitor.follow(redirect).answer().get("error"));
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_type, code id_token, unsupported_response_type",
        "response_mode, fragment, invalid_request",
        "scope, admin, invalid_scope",
        "scope, read admin, invalid_scope",
        "scope, a\"b, invalid_scope",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge, '', invalid_request",
        "prompt, dance, invalid_request",
        "prompt, login none, invalid_request",
        "prompt, login dance, invalid_request",
        "max_age, soon, invalid_request",
        "max_age, -1, invalid_request",
        "max_age, 99999999999999999999, invalid_request"
    })
    void rfc_6749_4_1_2_1_a_fault_is_told_to_the_client_after_the_login(String name, String value, String error) {
        if (name.equals("prompt") && value.contains("none")) {
            assertEquals(error, visitor.authorize(name, value).answer().get("error"));
        } else {
            refused(error, name, value);
        }
    }

    @Test
    void a_client_without_the_grant_is_told_so() {
        service.run("client update 1_aaa --grant password");
        refused("unauthorized_client");
    }

    @Test
    void rfc_9700_2_1_1_public_clients_and_those_that_require_it_have_to_use_pkce() {
        service.run("client create --id app --name App --public --grant authorization_code --redirect-uri " + CALLBACK);
        service.run("link add alice app");
        refused("invalid_request", "client_id", "app", PKCE_OFF, null, "code_challenge_method", null);
        service.run("client update 1_aaa --require-pkce");
        visitor = new Visitor(service);
        refused("invalid_request", PKCE_OFF, null, "code_challenge_method", null);
    }

    @Test
    void a_post_is_taken_as_a_get_so_that_the_session_s_cookie_comes_along() {
        Seen seen = visitor.post("/oauth/v2/auth", request());
        assertEquals(303, seen.status());
        assertTrue(seen.headers().firstValue("Set-Cookie").isEmpty(), "it would replace the one that was not sent");
        assertEquals("Log in", visitor.follow(seen).title());
    }

    @Test
    void form_post_posts_the_answer_by_a_script_of_ours_or_a_button() {
        Seen seen = visitor.logIn(visitor.authorize("response_mode", "form_post", "state", "\"><script>"), "alice");
        Seen page = visitor.submit(seen, "allow");
        assertEquals(200, page.status());
        assertEquals(Set.of("code", "state", "iss"), page.hidden().keySet());
        assertEquals("\"><script>", page.hidden().get("state"));
        assertFalse(page.body().contains("\"><script>"));
        assertTrue(page.body().contains("action=\"" + CALLBACK + "\""), page.body());
        assertTrue(page.body().contains("assets/submit.js"));
        assertTrue(page.header("Content-Security-Policy").contains("script-src 'self';"));
        assertTrue(page.header("Content-Security-Policy").contains("form-action 'self' " + CALLBACK + ";"));
    }

    @Test
    void form_post_posts_errors_as_well() {
        Seen seen = visitor.logIn(visitor.authorize("response_mode", "form_post"), "alice");
        assertEquals("access_denied", visitor.submit(seen, "deny").hidden().get("error"));
    }

    @Test
    void prompt_none_shows_nothing_and_tells_the_client_what_is_missing() {
        assertEquals(
                "login_required", visitor.authorize("prompt", "none").answer().get("error"));
        Seen consent = visitor.logIn(visitor.authorize(), "alice");
        assertEquals(
                "consent_required", visitor.authorize("prompt", "none").answer().get("error"));
        visitor.submit(consent, "allow");
        assertTrue(visitor.authorize("prompt", "none").answer().containsKey("code"));
        service.clock.advance(Duration.ofSeconds(1));
        assertEquals(
                "login_required",
                visitor.authorize("prompt", "none", "max_age", "0").answer().get("error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "login consent"})
    void prompt_login_asks_for_the_password_anew_and_only_once(String prompt) {
        visitor.code("alice");
        Seen login = visitor.authorize("prompt", prompt);
        assertEquals("Log in", login.title());
        Seen next = visitor.logIn(login, "alice");
        assertTrue(prompt.contains("consent") ? next.title().equals("Allow Tutorial?") : next.status() == 303);
    }

    @Test
    void prompt_consent_asks_again_for_what_was_agreed_to() {
        visitor.code("alice");
        assertTrue(visitor.authorize().answer().containsKey("code"));
        Seen seen = visitor.authorize("prompt", "consent");
        assertEquals("Allow Tutorial?", seen.title());
        assertTrue(visitor.submit(seen, "allow").answer().containsKey("code"));
    }

    @Test
    void a_login_older_than_max_age_is_asked_for_anew() {
        visitor.code("alice");
        service.clock.advance(Duration.ofSeconds(60));
        assertTrue(visitor.authorize("max_age", "60").answer().containsKey("code"));
        service.clock.advance(Duration.ofSeconds(1));
        Seen login = visitor.authorize("max_age", "60");
        assertEquals("Log in", login.title());
        assertTrue(visitor.logIn(login, "alice").answer().containsKey("code"));
    }

    @Test
    void login_hint_is_filled_in() {
        assertTrue(visitor.authorize("login_hint", "alice").body().contains("value=\"alice\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "login_hint", "scope", "prompt", "client_id", "nonsense"})
    void hostile_values_render_inert(String name) {
        String hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'--${1}";
        Seen seen = visitor.authorize(name, hostile);
        assertFalse(seen.body().contains("<script"), seen.body());
        assertFalse(seen.body().contains("<img"), seen.body());
    }

    @Test
    void a_hostile_client_name_renders_inert() {
        service.attempt("client", "update", "1_aaa", "--name", "<script>alert(1)</script>\"'&amp;");
        Seen login = visitor.authorize();
        Seen consent = visitor.logIn(login, "alice");
        assertFalse((login.body() + consent.body()).contains("<script"));
        assertTrue(consent.title().startsWith("Allow &lt;script&gt;"), consent.title());
    }

    @Test
    void what_is_too_long_or_broken_gets_a_page() {
        String longest = "x".repeat(4500);
        assertEquals(longest, answer("state", longest).get("state"));
        pageRefused(visitor.authorize("state", "x".repeat(6000)));
        assertEquals(
                400, service.form().body("client_id=%zz").post("/oauth/v2/auth").statusCode());
        String huge = "state=" + "x".repeat(100_000);
        assertEquals(413, service.form().body(huge).post("/oauth/v2/auth").statusCode());
        assertEquals(414, visitor.authorize("state", "x".repeat(100_000)).status());
    }

    @Test
    void a_program_that_takes_no_page_gets_json() {
        var response = service.form().accept("*/*").get("/oauth/v2/auth?response_type=code");
        assertEquals("invalid_request", response.jsonPath().getString("error"));
    }
}
