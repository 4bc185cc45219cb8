package dev.symbolon.http;

import static dev.symbolon.Refusals.refused;
import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client credentials in HTTP Basic (RFC 7617, RFC 6749 section 2.3.1). */
class BasicTest {
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
                "Basic",
                "Basic !!!",
                "Basic MV9hYWE6YmJi!",
                "Basic MV9hYWE6YmJi MV9hYWE6YmJi",
                "BasicMV9hYWE6YmJi",
                "Bearer sat_x",
                "Bearer MV9hYWE6YmJi",
                "Digest username=1_aaa",
                "MV9hYWE6YmJi",
                "TEXT 1_aaa", // no colon
                "TEXT 1_aaa:%zz",
                "TEXT 1_aaa:bbb%",
                "TEXT 1_aaa:%ff",
                "BYTES 1_aaa:\u00ff", // not UTF-8
                "TEXT :",
                "TEXT :bbb",
                "TEXT 1_aaa:",
                "TEXT 1_aaa:bbb%00",
                "TEXT 1_aaa%00:bbb",
                "TEXT 1_aaa\0:bbb"
            })
    void a_broken_header_is_401_invalid_client_with_a_challenge_and_never_a_fault(String header) {
        String value = header;
        if (header.startsWith("TEXT ") || header.startsWith("BYTES ")) {
            String pair = header.substring(header.indexOf(' ') + 1);
            value = "Basic " + base64(pair.getBytes(StandardCharsets.ISO_8859_1));
        }
        for (String path : new String[] {"/oauth/v2/token", "/oauth/v2/introspect", "/oauth/v2/revoke"}) {
            Response response = service.form()
                    .header("Authorization", value)
                    .formParam("grant_type", "client_credentials")
                    .formParam("token", "x")
                    .post(path);
            refusedByEndpoint(response, 401, "invalid_client");
            response.then().header("WWW-Authenticate", startsWith("Basic realm="));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC ", "bAsIc  "})
    void the_scheme_has_no_case(String scheme) {
        Granted.by(clientCredentials(scheme + base64("1_aaa:bbb".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void credentials_in_basic_and_client_secret_in_the_body_are_too_many() {
        refusedByEndpoint(
                service.token("grant_type", "client_credentials", "client_secret", "bbb"), 400, "invalid_request");
        refusedByEndpoint(
                service.token("grant_type", "client_credentials", "client_id", "1_aaa", "client_secret", "bbb"),
                400,
                "invalid_request");
    }

    @Test
    void client_id_beside_basic_is_fine_when_equal_and_refused_when_not() {
        Granted.by(service.token("grant_type", "client_credentials", "client_id", "1_aaa"));
        Granted.by(service.token("grant_type", "client_credentials", "client_id", ""));
        refusedByEndpoint(
                service.token("grant_type", "client_credentials", "client_id", "2_ccc"), 400, "invalid_request");
    }

    @Test
    void two_authorization_headers_are_refused() {
        String header = "Basic " + base64("1_aaa:bbb".getBytes(StandardCharsets.UTF_8));
        refusedByEndpoint(
                service.form()
                        .headers("Authorization", header, "Authorization", header)
                        .formParam("grant_type", "client_credentials")
                        .post("/oauth/v2/token"),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a+b", "a%41b", "%", "a b", "a&b=c", "p\u00e4ss\u20ac\ud83d\ude00", "\"\\", "::"})
    void id_and_secret_are_form_urlencoded_so_that_any_character_can_be_in_a_secret(String secret) {
        String id = "odd:+%" + Integer.toHexString(secret.hashCode());
        var created = service.attempt(
                "client", "create", "--id", id, "--secret", secret, "--name", "Odd", "--grant", "client_credentials");
        assertEquals(0, created.exitCode(), created.err());
        String pair = encode(id) + ":" + encode(secret);
        Granted.by(clientCredentials("Basic " + base64(pair.getBytes(StandardCharsets.UTF_8))));
        Granted.by(TestService.post(
                "/oauth/v2/token",
                service.form(),
                "grant_type",
                "client_credentials",
                "client_id",
                id,
                "client_secret",
                secret));
    }

    @Test
    void a_secret_that_holds_a_percent_sign_has_to_be_encoded() {
        service.run("client create --id percent --secret 100%25 --name Percent --grant client_credentials");
        refused(
                clientCredentials("Basic " + base64("percent:100%25".getBytes(StandardCharsets.UTF_8))),
                401,
                "invalid_client");
        Granted.by(clientCredentials("Basic " + base64("percent:100%2525".getBytes(StandardCharsets.UTF_8))));
    }

    private static Response clientCredentials(String authorization) {
        return service.form()
                .header("Authorization", authorization)
                .formParam("grant_type", "client_credentials")
                .post("/oauth/v2/token");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
