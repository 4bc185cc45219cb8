package dev.symbolon.http;

import static dev.symbolon.Refusals.refused;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request before a feature sees it; the HTTP library's own errors among them. */
class HttpErrorsTest {
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
    @CsvSource({
        "GET, /oauth/v2/token, POST",
        "PUT, /oauth/v2/token, POST",
        "DELETE, /oauth/v2/introspect, POST",
        "GET, /oauth/v2/introspect, POST",
        "PATCH, /oauth/v2/revoke, POST",
        "GET, /oauth/v2/revoke, POST",
        "POST, /.well-known/oauth-authorization-server, GET",
        "BREW, /oauth/v2/token, POST",
        "TRACE, /oauth/v2/token, POST",
    })
    void another_method_is_405_with_allow(String method, String path, String allowed) {
        Response response = given().port(service.port()).request(method, path);
        refused(response, 405, "invalid_request");
        assertTrue(List.of(response.header("Allow").split(", *")).contains(allowed), response.header("Allow"));
    }

    @Test
    void a_url_too_long_is_414_and_says_that_the_connection_ends() {
        Response response = given().port(service.port()).get("/oauth/v2/auth?state=" + "A".repeat(9_000));
        refused(response, 414, "invalid_request");
        assertEquals("close", response.header("Connection"));
    }

    @Test
    void head_of_an_endpoint_for_post_is_405_with_allow_and_no_body() {
        given().port(service.port())
                .head("/oauth/v2/token")
                .then()
                .statusCode(405)
                .header("Allow", equalTo("POST, OPTIONS"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/oauth",
                "/oauth/v2/tokens",
                "/oauth/v2/token/x",
                "/OAUTH/V2/TOKEN",
                "/health/live",
                "/metrics",
                "/favicon.ico"
            })
    void an_unknown_path_is_404_in_json(String path) {
        refused(given().port(service.port()).get(path), 404, "invalid_request");
        refused(given().port(service.port()).post(path), 404, "invalid_request");
        refused(given().port(service.managementPort()).get("/oauth/v2/token"), 404, "invalid_request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GARBAGE | 400",
                "GET | 400",
                "POST /oauth/v2/token HTTP/9.9 | 505",
                "POST /oauth/v2/token HTTP/1.1 | 400", // without Host
                "GET /%zz HTTP/1.1#Host: x | 400",
                "GET /oauth/v2/..%2ftoken HTTP/1.1#Host: x | 404",
                "POST /oauth/v2/token?%zz=1 HTTP/1.1#Host: x#Content-Type: application/x-www-form-urlencoded | 400",
                "GET /oauth/%00 HTTP/1.1#Host: x | 400",
                "POST /oauth/v2/token HTTP/1.1#Host: x#Content-Length: nine | 400",
                "POST /oauth/v2/token HTTP/1.1#Host: x#Content-Length: 1#Content-Length: 2 | 400",
                "POST /oauth/v2/token HTTP/1.1#Host: x#Transfer-Encoding: chunked#Content-Length: 2 | 400",
                "POST /oauth/v2/token HTTP/1.1#Host: x#Bad Header: 1 | 400",
                "POST /oauth/v2/token HTTP/1.1#Host: x#X: AAAA | 431",
            })
    void the_http_library_s_own_refusals_are_json_that_tells_nothing_of_it(String request, int status)
            throws IOException {
        String lines = request.replace("#", "\r\n").replace("AAAA", "A".repeat(20_000));
        String answer = exchange(lines + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertIsOurs(answer);
    }

    @Test
    void a_broken_chunk_is_400_in_json() throws IOException {
        String answer = exchange("POST /oauth/v2/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\nzz\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertIsOurs(answer);
    }

    @Test
    void a_body_that_ends_early_is_400_in_json() throws IOException {
        String answer = exchange("POST /oauth/v2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=client");
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
    }

    private static void assertIsOurs(String answer) {
        String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        assertTrue(head.contains("\r\ncontent-type: application/json"), answer);
        assertTrue(head.contains("\r\ncache-control: no-store"), answer);
        assertFalse(head.contains("\r\nserver:"), answer);
        assertFalse(answer.toLowerCase(Locale.ROOT).matches("(?s).*(jetty|exception|java).*"), answer);
        var json = JsonPath.from(answer.substring(answer.indexOf('{')));
        assertEquals(Set.of("error", "error_description"), json.getMap("$").keySet());
    }

    /** Sends these bytes and nothing more, and reads until the other side closes. */
    private static String exchange(String bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
