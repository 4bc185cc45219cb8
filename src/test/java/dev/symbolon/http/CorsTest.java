package dev.symbolon.http;

import static dev.symbolon.Refusals.refused;
import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scripts may read which answers (contract section 4: CORS); a real browser does so in {@code ChromiumTest}. */
class CorsTest {
    private static final String ORIGIN = "https://app.example.com";
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory, "policy.opa.url", "http://127.0.0.1:1/v1/data/nobody/listens");
        service.run("client create --id spa --name App --public --grant authorization_code --redirect-uri " + ORIGIN
                + "/callback");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private RequestSpecification from(String origin) {
        return service.form().header("Origin", origin);
    }

    private Response preflight(String path, String origin) {
        return from(origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .options(path);
    }

    private static void allowed(Response response, String origin) {
        assertEquals(origin, response.header("Access-Control-Allow-Origin"));
        assertEquals("Origin", response.header("Vary"));
        assertEquals("Retry-After, WWW-Authenticate, X-Request-Id", response.header("Access-Control-Expose-Headers"));
        assertFalse(response.headers().hasHeaderWithName("Access-Control-Allow-Credentials"));
    }

    private static void notAllowed(Response response) {
        response.headers()
                .forEach(header -> assertFalse(
                        header.getName().toLowerCase(Locale.ROOT).startsWith("access-control-"), header::toString));
    }

    private boolean isAllowed(String origin) {
        return from(origin).get(METADATA).headers().hasHeaderWithName("Access-Control-Allow-Origin");
    }

    @Test
    void the_app_reads_metadata_and_the_answers_of_token_and_revocation_endpoint() {
        allowed(from(ORIGIN).get(METADATA), ORIGIN);
        allowed(post("/oauth/v2/revoke", from(ORIGIN), "client_id", "spa", "token", "x"), ORIGIN);
        Response refusal = post(
                "/oauth/v2/token", from(ORIGIN), "client_id", "spa", "grant_type", "authorization_code", "code", "x");
        refused(refusal, 400, "invalid_grant");
        allowed(refusal, ORIGIN);
    }

    @Test
    void refusals_of_every_kind_can_be_read_too() {
        allowed(post("/oauth/v2/token", from(ORIGIN), "client_id", "nobody"), ORIGIN);
        allowed(from(ORIGIN).get("/oauth/v2/token"), ORIGIN);
        allowed(from(ORIGIN).contentType("application/json").body("{}").post("/oauth/v2/token"), ORIGIN);
        allowed(from(ORIGIN).body("x".repeat(70_000)).post("/oauth/v2/token"), ORIGIN);
        service.run("client update 1_aaa --policy opa");
        Response undecided = post(
                "/oauth/v2/token",
                service.as("1_aaa", "bbb").header("Origin", ORIGIN),
                "grant_type",
                "client_credentials");
        refused(undecided, 503, "temporarily_unavailable");
        allowed(undecided, ORIGIN);
    }

    @ParameterizedTest
    @CsvSource({"/oauth/v2/token, POST", "/oauth/v2/revoke, POST", METADATA + ", GET"})
    void a_preflight_is_answered(String path, String method) {
        Response response = preflight(path, ORIGIN);
        assertEquals(204, response.statusCode());
        allowed(response, ORIGIN);
        assertEquals(method, response.header("Access-Control-Allow-Methods"));
        assertEquals("Content-Type, X-Request-Id", response.header("Access-Control-Allow-Headers"));
        assertEquals("3600", response.header("Access-Control-Max-Age"));
        assertEquals("", response.asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/v2/token", "/oauth/v2/revoke", METADATA})
    void another_origin_reads_nothing(String path) {
        Response response = preflight(path, "https://evil.example");
        assertEquals(204, response.statusCode());
        assertEquals("Origin", response.header("Vary"));
        notAllowed(response);
        notAllowed(from("https://evil.example").get(path));
        notAllowed(from("https://evil.example").post(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth/v2/auth",
                "/oauth/v2/introspect",
                "/oauth/v2/device_authorization",
                "/logout",
                "/device",
                "/account",
                "/nowhere"
            })
    void no_origin_reads_anything_else(String path) {
        Response response = preflight(path, ORIGIN);
        assertTrue(response.statusCode() == 404 || response.statusCode() == 405, path);
        notAllowed(response);
        notAllowed(from(ORIGIN).get(path));
        notAllowed(from(ORIGIN).post(path));
    }

    @Test
    void without_an_origin_the_answer_says_only_that_it_would_depend_on_it() {
        Response response = service.form().get(METADATA);
        assertEquals("Origin", response.header("Vary"));
        notAllowed(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com:443",
                "https://app.example.com.evil.example",
                "https://evil.example/https://app.example.com",
                "https://example.com",
                "https://APP.example.com",
                "null",
                "*",
                "'",
                "https://app.example.com https://evil.example",
            })
    void an_origin_is_compared_exactly(String origin) {
        assertFalse(isAllowed(origin));
    }

    @ParameterizedTest
    @CsvSource({
        "https://B.Example:443/cb, https://b.example",
        "https://b.example:8443/cb?x=y, https://b.example:8443",
        "http://localhost:3000/cb, http://localhost:3000",
        "http://127.0.0.1/cb, http://127.0.0.1",
        "http://[::1]:4000/cb, http://[::1]:4000",
    })
    void an_origin_is_scheme_host_and_port_of_a_redirect_uri_as_browsers_write_it(String uri, String origin) {
        assertFalse(isAllowed(origin));
        service.run("client update spa --redirect-uri " + uri);
        assertTrue(isAllowed(origin));
        assertFalse(isAllowed(ORIGIN), "the old one is gone at once");
    }

    @Test
    void a_scheme_of_an_applications_own_has_no_origin() {
        service.run("client update spa --redirect-uri com.example.app://callback");
        assertFalse(isAllowed("com.example.app://callback"));
        assertFalse(isAllowed("null"));
    }

    @Test
    void a_confidential_client_has_none_and_a_disabled_or_deleted_one_none_any_more() {
        assertFalse(isAllowed("http://127.0.0.1:3000"), "the tutorial's client is confidential");
        service.run("client disable spa");
        assertFalse(isAllowed(ORIGIN));
        service.run("client enable spa");
        assertTrue(isAllowed(ORIGIN));
        service.run("client delete spa");
        assertFalse(isAllowed(ORIGIN));
    }

    @Test
    void an_origin_of_two_clients_stays_while_one_of_them_has_it() {
        service.run("client create --id twin --name App --public --grant authorization_code --redirect-uri " + ORIGIN
                + "/other," + ORIGIN + "/third");
        service.run("client delete spa");
        assertTrue(isAllowed(ORIGIN));
        service.run("client delete twin");
        assertFalse(isAllowed(ORIGIN));
        assertNull(from(ORIGIN).get(METADATA).header("Access-Control-Allow-Origin"));
    }
}
