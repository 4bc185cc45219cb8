package dev.symbolon.http;

import static dev.symbolon.Refusals.refused;
import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form body, as every endpoint reads it (RFC 6749 section 3.2). */
class FormTest {
    private static final String GOOD = "grant_type=client_credentials&client_id=1_aaa&client_secret=bbb";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&grant_type=client_credentials",
                "&grant_type=",
                "&grant_type",
                "&client_id=1_aaa",
                "&client_secret=",
                "&scope=read&scope=",
                "&scope=&scope=read",
                "&s%63ope=read&scope=read",
                "&token=&token="
            })
    void a_repeated_parameter_is_refused_even_if_one_of_them_is_empty(String more) {
        assertTrue(refusedByEndpoint(service.raw(GOOD + more), 400, "invalid_request")
                .contains("repeated"));
    }

    @Test
    void an_unknown_parameter_is_ignored_repeated_or_not() {
        Granted.by(service.raw(GOOD + "&audience=a&audience=b&resource=&resource=&x&&x&=y"));
    }

    @Test
    void an_empty_parameter_counts_as_absent() {
        service.raw(GOOD + "&scope=&username=&refresh_token=")
                .then()
                .statusCode(200)
                .body("scope", equalTo("read write"));
        assertTrue(refused(service.raw("grant_type=&client_id=1_aaa&client_secret=bbb"), 400, "invalid_request")
                .contains("grant_type"));
        refused(service.raw("grant_type=client_credentials&client_id=1_aaa&client_secret="), 401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/v2/token", "/oauth/v2/introspect", "/oauth/v2/revoke"})
    void a_missing_parameter_is_named(String path) {
        String missing = path.endsWith("token") ? "grant_type" : "token";
        String description = refusedByEndpoint(post(path, service.as("2_ccc", "ddd")), 400, "invalid_request");
        assertTrue(description.contains(missing), description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scope=%zz",
                "scope=%",
                "scope=%4",
                "scope=%+1",
                "scope=%-1",
                "%zz=read",
                "x=%g0",
                "scope=%ff",
                "scope=%c3",
                "scope=%c0%80",
                "scope=%ed%a0%80",
                "scope=%f5%80%80%80",
                "%fe=1"
            })
    void a_malformed_escape_or_character_is_refused_wherever_it_is(String parameter) {
        refusedByEndpoint(service.raw(GOOD + "&" + parameter), 400, "invalid_request");
        refusedByEndpoint(service.raw(parameter + "&" + GOOD), 400, "invalid_request");
    }

    @Test
    void a_nul_is_never_a_way_around_anything() {
        refused(
                service.raw("grant_type=client_credentials%00&client_id=1_aaa&client_secret=bbb"),
                400,
                "unsupported_grant_type");
        refused(
                service.raw("grant_type=client_credentials&client_id=1_aaa%00&client_secret=bbb"),
                401,
                "invalid_client");
        refused(
                service.raw("grant_type=client_credentials&client_id=1_aaa&client_secret=bbb%00"),
                401,
                "invalid_client");
        refused(service.raw(GOOD + "&scope=%00"), 400, "invalid_scope");
        refused(service.raw(GOOD + "&scope=read%00"), 400, "invalid_scope");
        refused(service.password("alice", "scope", "\0read"), 400, "invalid_scope");
        refused(
                service.token("grant_type", "password", "username", "alice\0", "password", "alice-password"),
                400,
                "invalid_grant");
        refused(
                service.token("grant_type", "password", "username", "alice", "password", "alice-password\0"),
                400,
                "invalid_grant");
        refused(service.refresh(service.login("alice").refresh() + "\0"), 400, "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain",
                "nonsense",
                ";",
                "application/x-www-form-urlencodedx",
                "application/x-www-form-urlencoded; charset=utf-16",
                "application/x-www-form-urlencoded; charset=\"\""
            })
    void another_media_type_or_charset_is_refused_with_415(String type) throws Exception {
        HttpResponse<String> response = send(BodyPublishers.ofString(GOOD), type);
        assertEquals(415, response.statusCode());
        assertTrue(response.body().startsWith("{\"error\":\"invalid_request\",\"error_description\":\""));
    }

    @Test
    void no_media_type_at_all_is_refused_with_415() throws Exception {
        assertEquals(415, send(BodyPublishers.ofString(GOOD), "").statusCode());
        assertEquals(415, send(BodyPublishers.noBody(), "").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded;charset=UTF-8",
                "APPLICATION/X-WWW-Form-Urlencoded ; Charset=\"utf-8\"",
                "application/x-www-form-urlencoded; foo=bar"
            })
    void utf_8_may_be_named_and_the_media_type_has_no_case(String type) throws Exception {
        assertEquals(200, send(BodyPublishers.ofString(GOOD), type).statusCode());
    }

    @Test
    void a_body_of_64_kib_is_read_and_one_byte_more_is_refused_with_413() throws Exception {
        byte[] exactly = padded(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        byte[] oneMore = padded(64 * 1024 + 1).getBytes(StandardCharsets.US_ASCII);
        String form = "application/x-www-form-urlencoded";
        assertEquals(200, send(BodyPublishers.ofByteArray(exactly), form).statusCode());
        assertEquals(200, send(chunked(exactly), form).statusCode());
        assertTooLarge(send(BodyPublishers.ofByteArray(oneMore), form));
        assertTooLarge(send(chunked(oneMore), form));
    }

    @Test
    void a_client_that_is_still_sending_a_megabyte_gets_its_413_and_no_reset() throws Exception {
        byte[] megabyte = padded(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20; i++) {
            assertTooLarge(send(BodyPublishers.ofByteArray(megabyte), "application/x-www-form-urlencoded"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id=1_aaa",
                "client_secret=bbb",
                "client%5Fsecret=bbb",
                "password=x",
                "token=x",
                "refresh_token=x",
                "access_token=x",
                "code=x",
                "client_secret",
                "x=1&client_secret="
            })
    void credentials_and_tokens_in_the_query_string_are_refused(String query) {
        for (String path : new String[] {"/oauth/v2/token", "/oauth/v2/introspect", "/oauth/v2/revoke"}) {
            var request = service.form().urlEncodingEnabled(false).body(GOOD);
            refusedByEndpoint(request.post(path + "?" + query), 400, "invalid_request");
        }
    }

    @Test
    void a_harmless_query_is_ignored_but_never_read_as_a_parameter() {
        service.form().body(GOOD).post("/oauth/v2/token?trace=1&trace=2").then().statusCode(200);
        refused(
                service.as("1_aaa", "bbb").post("/oauth/v2/token?grant_type=client_credentials"),
                400,
                "invalid_request");
    }

    @Test
    void what_a_refusal_says_does_not_hold_what_was_sent() {
        service.raw("grant_type=SECRET-1&client_id=1_aaa&client_secret=bbb&scope=SECRET-2")
                .then()
                .body("error_description", org.hamcrest.Matchers.not(containsString("SECRET")));
    }

    private static HttpResponse<String> send(BodyPublisher body, String type) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/oauth/v2/token"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static String padded(int length) {
        String start = GOOD + "&padding=";
        return start + "x".repeat(length - start.length());
    }

    private static void assertTooLarge(HttpResponse<String> response) {
        assertEquals(413, response.statusCode());
        assertTrue(response.body().startsWith("{\"error\":\"invalid_request\""), response.body());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
    }
}
