package dev.symbolon.authorize;

import static dev.symbolon.Refusals.refused;
import static dev.symbolon.TestService.post;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What RFC 9700, the best current practice for the security of OAuth 2.0, asks of an authorization server: a section after
 * the other. The many ways to break each rule are tried in the tests of the endpoints.
 */
class Rfc9700Test extends BrowserTest {
    private static final String HTTPS = "https://app.example.com/callback";
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private void publicClient() {
        service.run("client create --id app --name App --public --grant authorization_code,refresh_token"
                + " --scope read,write --policy allow-all --redirect-uri " + HTTPS);
    }

    private Map<String, String> publicAnswer() {
        Seen consent = visitor.logIn(visitor.authorize("client_id", "app", "redirect_uri", HTTPS), "alice");
        return visitor.submit(consent, "allow").answer(HTTPS);
    }

    private Response asApp(String... parameters) {
        return post("/oauth/v2/token", service.form().formParam("client_id", "app"), parameters);
    }

    private Granted publicTokens() {
        publicClient();
        return Granted.by(asApp(
                "grant_type",
                "authorization_code",
                "code",
                publicAnswer().get("code"),
                "redirect_uri",
                HTTPS,
                "code_verifier",
                Visitor.VERIFIER));
    }

    private Response refreshApp(String refreshToken) {
        return asApp("grant_type", "refresh_token", "refresh_token", refreshToken);
    }

    private String code(String... changes) {
        return new Visitor(service).code("alice", changes);
    }

    private String error(String... changes) {
        var other = new Visitor(service);
        return other.logIn(other.authorize(changes), "alice").answer().get("error");
    }

    private static void noRedirect(Seen seen) {
        assertEquals(400, seen.status());
        assertEquals("", seen.location());
    }

    @Test
    void section_2_1_1_public_clients_have_to_use_pkce() {
        publicClient();
        Seen login = visitor.authorize(
                "client_id", "app", "redirect_uri", HTTPS, "code_challenge", null, "code_challenge_method", null);
        assertEquals(
                "invalid_request", visitor.logIn(login, "alice").answer(HTTPS).get("error"));
    }

    @Test
    void section_2_1_1_a_challenge_that_reveals_its_verifier_is_refused() {
        assertEquals("invalid_request", error("code_challenge_method", "plain"));
        assertEquals("invalid_request", error("code_challenge_method", null));
    }

    @Test
    void section_2_1_1_that_pkce_is_supported_can_be_found_out() {
        service.form().get(METADATA).then().body("code_challenge_methods_supported", contains("S256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "id_token token", "code token", "token code", "id_token"})
    void section_2_1_2_no_access_token_is_issued_in_an_authorization_response(String responseType) {
        assertEquals("unsupported_response_type", error("response_type", responseType));
        service.form().get(METADATA).then().body("response_types_supported", contains("code"));
    }

    @Test
    void section_2_2_2_refresh_tokens_of_public_clients_rotate() {
        Granted first = publicTokens();
        Granted second = Granted.by(refreshApp(first.refresh()));
        assertNotEquals(first.refresh(), second.refresh());
        service.clock.advance(Duration.ofMinutes(1));
        refused(refreshApp(first.refresh()), 400, "invalid_grant");
    }

    @Test
    void section_2_3_an_access_token_has_no_more_privileges_than_were_asked_for_and_agreed_to() {
        assertEquals("read", Granted.by(exchangeRightly(code("scope", "read"))).scope());
        assertEquals("invalid_scope", error("scope", "read admin"));
    }

    @Test
    void section_2_4_no_client_has_the_password_grant_that_was_not_given_it() {
        publicClient();
        refused(
                asApp("grant_type", "password", "username", "alice", "password", "alice-password"),
                400,
                "unauthorized_client");
    }

    @Test
    void section_2_5_a_client_with_a_secret_has_to_prove_that_it_is_that_client() {
        String code = code();
        Response response = post(
                "/oauth/v2/token",
                service.form(),
                "client_id",
                "1_aaa",
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                Visitor.CALLBACK,
                "code_verifier",
                Visitor.VERIFIER);
        refused(response, 401, "invalid_client");
        exchangeRightly(code).then().statusCode(200);
    }

    @Test
    void section_2_6_no_response_is_sent_over_an_unencrypted_connection_but_to_the_users_own_machine() {
        String uri = "http://app.example.com/callback";
        assertEquals(
                1,
                service.attempt("client", "update", "1_aaa", "--redirect-uri", uri)
                        .exitCode());
        noRedirect(visitor.authorize("redirect_uri", uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {HTTPS + "/", HTTPS + "?x=y", "https://app.example.com", "https://app.example.com:443/callback"})
    void section_4_1_3_redirect_uris_are_compared_exactly(String uri) {
        publicClient();
        noRedirect(visitor.authorize("client_id", "app", "redirect_uri", uri));
        noRedirect(visitor.authorize("client_id", "app", "redirect_uri", uri, "prompt", "none"));
    }

    @Test
    void section_4_1_3_there_are_no_patterns() {
        publicClient();
        service.run("client update app --redirect-uri https://app.example.com/*");
        noRedirect(visitor.authorize("client_id", "app", "redirect_uri", HTTPS));
    }

    @Test
    void section_4_2_4_pages_send_no_referrer_and_load_nothing_from_elsewhere() {
        Seen login = visitor.authorize();
        Seen consent = visitor.logIn(login, "alice");
        for (Seen page : List.of(login, consent, visitor.submit(consent, "allow"))) {
            assertEquals("no-referrer", page.header("Referrer-Policy"));
            assertFalse(page.body().matches("(?s).*(href|src)=\"(https?:)?//.*"), page.body());
        }
        assertTrue(login.header("Content-Security-Policy").startsWith("default-src 'none'; style-src 'self';"));
    }

    @Test
    void section_4_2_4_a_code_can_be_used_once_and_a_second_use_revokes_the_tokens() {
        String code = code();
        Granted granted = Granted.by(exchangeRightly(code));
        refused(exchangeRightly(code), 400, "invalid_grant");
        assertFalse(service.isActive(granted.access()));
        assertFalse(service.isActive(granted.refresh()));
    }

    @Test
    void section_4_3_1_the_code_can_be_kept_out_of_the_browsers_history_and_does_not_live_long_in_it() {
        Seen consent = visitor.logIn(visitor.authorize("response_mode", "form_post"), "alice");
        Seen posted = visitor.submit(consent, "allow");
        assertEquals("", posted.location());
        String code = posted.hidden().get("code");
        service.clock.advance(Duration.ofSeconds(60));
        refused(exchangeRightly(code), 400, "invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "/oauth/v2/introspect, token",
        "/oauth/v2/revoke, token",
        "/oauth/v2/token, refresh_token",
        "/oauth/v2/token, code",
        "/oauth/v2/token, access_token"
    })
    void section_4_3_2_no_token_is_taken_from_a_url(String path, String parameter) {
        Response response =
                service.as("1_aaa", "bbb").queryParam(parameter, "x").post(path);
        refused(response, 400, "invalid_request");
    }

    @Test
    void section_4_4_2_every_authorization_response_names_its_issuer() {
        Seen login = visitor.authorize();
        Map<String, String> error =
                visitor.submit(visitor.logIn(login, "alice"), "deny").answer();
        assertEquals(service.issuer(), error.get("iss"));
        assertEquals(
                service.issuer(),
                visitor.submit(visitor.authorize(), "allow").answer().get("iss"));
        assertEquals(
                service.issuer(), visitor.authorize("prompt", "none").answer().get("iss"));
        service.form()
                .get(METADATA)
                .then()
                .body("authorization_response_iss_parameter_supported", equalTo(true))
                .body("issuer", equalTo(service.issuer()));
    }

    @Test
    void section_4_5_3_a_code_that_was_injected_into_another_session_fails_on_its_verifier() {
        String stolen = code();
        refused(
                exchange(
                        stolen,
                        "redirect_uri",
                        Visitor.CALLBACK,
                        "code_verifier",
                        "the-verifier-of-the-attackers-own-session-with-the-client"),
                400,
                "invalid_grant");
        refused(exchange(stolen, "redirect_uri", Visitor.CALLBACK), 400, "invalid_grant");
    }

    @Test
    void section_4_5_a_code_is_bound_to_its_client_and_its_redirect_uri() {
        publicClient();
        refused(
                asApp(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code(),
                        "redirect_uri",
                        Visitor.CALLBACK,
                        "code_verifier",
                        Visitor.VERIFIER),
                400,
                "invalid_grant");
        refused(exchange(code(), "redirect_uri", HTTPS, "code_verifier", Visitor.VERIFIER), 400, "invalid_grant");
    }

    @Test
    void section_4_6_there_is_no_access_token_in_the_browser_that_another_could_take_the_place_of() {
        visitor.logIn(visitor.authorize(), "alice");
        assertEquals(
                Set.of("code", "state", "iss"),
                visitor.submit(visitor.authorize(), "allow").answer().keySet());
    }

    @Test
    void section_4_7_the_state_comes_back_and_our_own_forms_cannot_be_forged() {
        Seen consent = visitor.logIn(visitor.authorize("state", "the client's own"), "alice");
        assertEquals(
                403, visitor.submit(consent, "allow", "form_token", "forged").status());
        assertEquals(
                "the client's own", visitor.submit(consent, "allow").answer().get("state"));
    }

    @Test
    void section_4_8_2_a_verifier_is_taken_only_if_there_was_a_challenge() {
        String code = code("code_challenge", null, "code_challenge_method", null);
        refused(exchangeRightly(code), 400, "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope", "response_type", "code_challenge_method"})
    void section_4_11_2_a_request_with_a_fault_redirects_nobody_who_has_not_logged_in(String fault) {
        Seen seen = visitor.authorize(fault, "unknown");
        assertEquals("Log in", seen.title());
        assertEquals("", seen.location());
    }

    @Test
    void section_4_11_2_nobody_is_redirected_to_where_no_client_is_registered() {
        noRedirect(visitor.authorize("client_id", "nobody"));
        noRedirect(visitor.authorize("redirect_uri", "https://evil.example"));
        Seen consent = visitor.logIn(visitor.authorize(), "alice");
        noRedirect(visitor.submit(consent, "deny", "redirect_uri", "https://evil.example"));
        noRedirect(visitor.submit(consent, "allow", "redirect_uri", "https://evil.example"));
    }

    @Test
    void section_4_12_a_redirect_after_a_form_is_303_so_that_no_password_is_posted_on() {
        Seen login = visitor.authorize();
        Seen redirect = visitor.submit(login, "login", "username", "alice", "password", "alice-password");
        assertEquals(303, redirect.status());
        assertEquals(303, visitor.submit(visitor.follow(redirect), "allow").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "X-Original-URL"})
    void section_4_13_nobody_passes_off_headers_of_a_reverse_proxy_as_ours(String header) {
        service.form()
                .header(header, "https://evil.example")
                .get(METADATA)
                .then()
                .statusCode(200)
                .body("issuer", equalTo(service.issuer()))
                .body("token_endpoint", equalTo(service.issuer() + "/oauth/v2/token"));
    }

    @Test
    void section_4_14_2_a_replayed_refresh_token_revokes_all_that_came_of_the_login() {
        Granted first = publicTokens();
        Granted second = Granted.by(refreshApp(first.refresh()));
        Granted third = Granted.by(refreshApp(second.refresh()));
        refused(refreshApp(first.refresh()), 400, "invalid_grant");
        refused(refreshApp(third.refresh()), 400, "invalid_grant");
        service.introspect(third.access()).then().body("active", equalTo(false));
    }

    @Test
    void section_4_14_2_refresh_tokens_are_bound_to_scope_and_client_and_end_with_idleness_and_the_password() {
        Granted app = publicTokens();
        refused(service.refresh(app.refresh()), 400, "invalid_grant");
        refused(
                asApp("grant_type", "refresh_token", "refresh_token", app.refresh(), "scope", "admin"),
                400,
                "invalid_scope");
        Granted idle = service.login("alice");
        service.clock.advance(Duration.ofDays(14));
        refused(service.refresh(idle.refresh()), 400, "invalid_grant");
        Granted old = service.login("alice");
        service.run("user set-password alice --password another");
        refused(service.refresh(old.refresh()), 400, "invalid_grant");
    }

    @Test
    void section_4_15_1_a_token_of_a_client_that_is_named_as_a_user_is_never_taken_for_the_users() {
        String sub = JsonPath.from(service.run("user show alice --json")).getString("id");
        for (String id : List.of("alice", sub)) {
            service.run("client create --id " + id + " --name A --grant client_credentials --secret s3cret-s3cret");
            String token = Granted.by(post(
                            "/oauth/v2/token", service.as(id, "s3cret-s3cret"), "grant_type", "client_credentials"))
                    .access();
            Map<String, Object> claims = service.introspect(token).jsonPath().getMap("$");
            assertEquals(id, claims.get("client_id"));
            assertFalse(claims.containsKey("sub") || claims.containsKey("username"), claims::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/v2/auth", "/account", "/logout"})
    void section_4_16_no_page_can_be_framed(String path) {
        Seen seen = visitor.get(path + "?" + Visitor.encode(Visitor.request()));
        assertEquals(200, seen.status());
        assertTrue(seen.header("Content-Security-Policy").endsWith("; frame-ancestors 'none'"));
        assertEquals("DENY", seen.header("X-Frame-Options"));
    }
}
