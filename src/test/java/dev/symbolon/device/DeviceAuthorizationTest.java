package dev.symbolon.device;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Device;
import dev.symbolon.Refusals;
import dev.symbolon.TestService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a device begins (RFC 8628 sections 3.1 and 3.2). */
class DeviceAuthorizationTest {
    private static final String PATH = "/oauth/v2/device_authorization";

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Response begin(String... parameters) {
        return Device.request(service, parameters);
    }

    @Test
    void rfc_8628_3_2_the_answer_has_both_codes_and_where_and_how_to_use_them() {
        Response response = begin("scope", "read");
        assertEquals(200, response.statusCode());
        assertEquals("application/json", response.header("Content-Type"));
        assertEquals("no-store", response.header("Cache-Control"));
        JsonPath json = response.jsonPath();
        String userCode = json.getString("user_code");
        String uri = service.issuer() + "/device";
        assertEquals(
                Set.of(
                        "device_code",
                        "user_code",
                        "verification_uri",
                        "verification_uri_complete",
                        "expires_in",
                        "interval"),
                json.getMap("$").keySet());
        assertTrue(json.getString("device_code").matches("sdc_[A-Za-z0-9_-]{64}"), response.asString());
        assertTrue(userCode.matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"), userCode);
        assertEquals(uri, json.getString("verification_uri"));
        assertEquals(uri + "?user_code=" + userCode, json.getString("verification_uri_complete"));
        assertEquals(600, json.getInt("expires_in"));
        assertEquals(5, json.getInt("interval"));
        assertNotEquals(userCode, begin().path("user_code"));
    }

    @Test
    void the_issuer_and_the_times_are_those_that_are_configured() {
        try (TestService other = TestService.start(
                directory.resolve("other"),
                "issuer",
                "https://id.example.com/a",
                "device.code-ttl",
                "90s",
                "device.interval",
                "7s")) {
            JsonPath json = post(PATH, other.as("1_aaa", "bbb")).jsonPath();
            assertEquals("https://id.example.com/a/device", json.getString("verification_uri"));
            assertEquals(90, json.getInt("expires_in"));
            assertEquals(7, json.getInt("interval"));
        }
    }

    @Test
    void a_public_client_names_itself() {
        service.run("client create --id tv --name Television --public --scope read --grant " + Device.GRANT);
        assertEquals(200, post(PATH, service.form(), "client_id", "tv").statusCode());
        refusedByEndpoint(post(PATH, service.form(), "client_id", "1_aaa"), 401, "invalid_client");
        refusedByEndpoint(post(PATH, service.form()), 401, "invalid_client");
        refusedByEndpoint(post(PATH, service.as("tv", "secret")), 401, "invalid_client");
    }

    @Test
    void a_client_without_the_grant_is_refused() {
        service.run("client update 1_aaa --grant password");
        refusedByEndpoint(begin(), 400, "unauthorized_client");
    }

    @ParameterizedTest
    @CsvSource({"read admin", "Read", "\"", "r\u0000ead"})
    void a_scope_that_the_client_does_not_have_is_refused(String scope) {
        refusedByEndpoint(begin("scope", scope), 400, "invalid_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id=1_aaa&client_id=1_aaa", "scope=read&scope=write", "scope=%zz", "scope=%ff"})
    void what_is_repeated_or_malformed_is_refused(String body) {
        refusedByEndpoint(service.as("1_aaa", "bbb").body(body).post(PATH), 400, "invalid_request");
    }

    @Test
    void what_belongs_into_the_body_is_refused_elsewhere() {
        refusedByEndpoint(service.as("1_aaa", "bbb").post(PATH + "?client_id=1_aaa"), 400, "invalid_request");
        refusedByEndpoint(
                service.as("1_aaa", "bbb")
                        .contentType("application/json")
                        .body("{}")
                        .post(PATH),
                415,
                "invalid_request");
        Refusals.refused(service.form().get(PATH), 405, "invalid_request");
    }

    @Test
    void the_device_code_is_not_stored() {
        Device device = Device.begin(service);
        service.close();
        String stored = new String(service.databaseBytes(), StandardCharsets.ISO_8859_1);
        assertFalse(stored.contains(device.code().substring(4)));
        assertFalse(stored.contains(device.code().substring(30)));
    }
}
