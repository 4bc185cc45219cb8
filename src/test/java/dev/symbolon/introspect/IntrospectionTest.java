package dev.symbolon.introspect;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662, seen from outside. */
class IntrospectionTest {
    private static final String INACTIVE = "{\"active\":false}";

    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(directory);
        service.run("client create --id other --secret s --name Other --grant password,refresh_token --scope read");
        service.run("client create --id app --name App --public --grant password,refresh_token --scope read");
        service.run("link add alice app");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void an_access_token_of_a_user_has_exactly_these_members_and_types() {
        Granted granted = service.login("alice");
        long now = service.clock.instant().getEpochSecond();
        Response response = service.introspect(granted.access());
        response.then().statusCode(200).contentType(equalTo("application/json")).header("Cache-Control", "no-store");
        Map<String, Object> members = response.jsonPath().getMap("$");
        assertEquals(
                Set.of("active", "scope", "client_id", "username", "sub", "token_type", "exp", "iat", "iss", "jti"),
                members.keySet());
        assertEquals(true, members.get("active"));
        assertEquals("read write", members.get("scope"));
        assertEquals("1_aaa", members.get("client_id"));
        assertEquals("alice", members.get("username"));
        assertEquals("bearer", members.get("token_type"));
        assertEquals(now, ((Number) members.get("iat")).longValue());
        assertEquals(now + 3600, ((Number) members.get("exp")).longValue());
        assertInstanceOf(Integer.class, members.get("exp"));
        assertEquals(service.issuer(), members.get("iss"));
        String id = JsonPath.from(service.run("user show alice --json")).getString("id");
        assertEquals(id, members.get("sub"), "the subject is the user's id, which no other user ever gets");
        assertTrue(((String) members.get("jti")).length() >= 16);
    }

    @Test
    void a_refresh_token_says_token_use_instead_of_token_type() {
        Granted granted = service.login("alice");
        Map<String, Object> members = own(granted.refresh()).jsonPath().getMap("$");
        assertEquals(
                Set.of("active", "scope", "client_id", "username", "sub", "token_use", "exp", "iat", "iss", "jti"),
                members.keySet());
        assertEquals("refresh_token", members.get("token_use"));
        int lifetime = (Integer) members.get("exp") - (Integer) members.get("iat");
        assertEquals(Duration.ofDays(14).toSeconds(), lifetime);
    }

    @Test
    void a_token_without_a_user_has_neither_username_nor_sub() {
        String token =
                Granted.by(service.token("grant_type", "client_credentials")).access();
        assertEquals(
                Set.of("active", "scope", "client_id", "token_type", "exp", "iat", "iss", "jti"),
                own(token).jsonPath().getMap("$").keySet());
    }

    @Test
    void every_token_has_a_jti_of_its_own_that_is_no_part_a_secret_depends_on() {
        Granted granted = service.login("alice");
        String access = own(granted.access()).path("jti");
        String refresh = own(granted.refresh()).path("jti");
        assertNotEquals(access, refresh);
        assertEquals(INACTIVE, own(access).asString());
    }

    @Test
    void a_client_sees_its_own_tokens_and_no_other_client_s() {
        Granted granted = service.login("alice");
        assertEquals(INACTIVE, as("other", "s", granted.access()).asString());
        assertEquals(INACTIVE, as("other", "s", granted.refresh()).asString());
        assertTrue(service.isActive(granted.access()));
        assertTrue(service.isActive(granted.refresh()));
    }

    @Test
    void a_resource_server_sees_every_client_s_access_tokens_and_no_refresh_token() {
        Granted granted = service.login("alice");
        service.introspect(granted.access()).then().body("active", equalTo(true));
        assertEquals(INACTIVE, service.introspect(granted.refresh()).asString());
        Granted app =
                Granted.by(service.raw("client_id=app&grant_type=password&username=alice&password=alice-password"));
        service.introspect(app.access()).then().body("client_id", equalTo("app"));
        assertEquals(INACTIVE, service.introspect(app.refresh()).asString());
    }

    @Test
    void the_caller_has_to_authenticate_and_a_public_client_cannot() {
        String token = service.login("alice").access();
        for (var request : new io.restassured.specification.RequestSpecification[] {
            service.form(),
            service.form().formParam("client_id", "app"),
            service.form().formParam("client_id", "1_aaa"),
            service.as("app", ""),
            service.as("1_aaa", "wrong"),
            service.form().header("Authorization", "Bearer " + token)
        }) {
            String words =
                    refusedByEndpoint(post("/oauth/v2/introspect", request, "token", token), 401, "invalid_client");
            assertTrue(!words.contains(token));
        }
        service.form()
                .formParams("client_id", "2_ccc", "client_secret", "ddd", "token", token)
                .post("/oauth/v2/introspect")
                .then()
                .body("active", equalTo(true));
    }

    @Test
    void the_token_has_to_be_there() {
        refusedByEndpoint(post("/oauth/v2/introspect", service.as("2_ccc", "ddd")), 400, "invalid_request");
        refusedByEndpoint(service.introspect(""), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "sat_",
                "srt_",
                "sat_AAAA",
                "\0",
                "\u20ac",
                "' OR 1=1 --",
                "sat_ZEROS",
                "sat_PADS",
                "sat_NOT64",
                "LONG",
                "TYPE",
                "CODE",
                "DEVICE",
                "CASE",
                "CUT",
                "MORE",
                "LAST",
                "FIRST",
                "SPACE"
            })
    void what_is_no_live_token_is_exactly_inactive(String token) {
        String good = service.login("alice").access();
        String sent = switch (token) {
            case "sat_ZEROS" -> "sat_" + "A".repeat(64);
            case "sat_PADS" -> good.substring(0, good.length() - 2) + "==";
            case "sat_NOT64" -> good.substring(0, good.length() - 1) + "+";
            case "LONG" -> good + "A".repeat(50_000);
            case "TYPE" -> "srt_" + good.substring(4);
            case "CODE" -> "sac_" + good.substring(4);
            case "DEVICE" -> "sdc_" + good.substring(4);
            case "CASE" -> good.toLowerCase(java.util.Locale.ROOT);
            case "CUT" -> good.substring(0, good.length() - 1);
            case "MORE" -> good + "A";
            case "LAST" -> good.substring(0, good.length() - 1) + (good.endsWith("A") ? "B" : "A");
            case "FIRST" -> "sat_" + (good.charAt(4) == 'A' ? "B" : "A") + good.substring(5);
            case "SPACE" -> " " + good;
            default -> token;
        };
        assertEquals(INACTIVE, own(sent).asString());
        assertEquals(INACTIVE, service.introspect(sent).asString());
    }

    @Test
    void a_token_is_expired_at_the_very_second() {
        String token = service.login("alice").access();
        service.clock.advance(Duration.ofSeconds(3599));
        assertTrue(service.isActive(token));
        service.clock.advance(Duration.ofSeconds(1));
        assertEquals(INACTIVE, own(token).asString());
    }

    @Test
    void a_rotated_refresh_token_is_inactive_and_looking_at_it_is_no_reuse() {
        Granted first = service.login("alice");
        Granted second = Granted.by(service.refresh(first.refresh()));
        service.clock.advance(Duration.ofSeconds(30));
        assertEquals(INACTIVE, own(first.refresh()).asString());
        assertTrue(service.isActive(second.refresh()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token", "nonsense", ""})
    void the_hint_changes_nothing(String hint) {
        Granted granted = service.login("alice");
        for (String token : new String[] {granted.access(), granted.refresh()}) {
            post("/oauth/v2/introspect", service.as("1_aaa", "bbb"), "token", token, "token_type_hint", hint)
                    .then()
                    .body("active", equalTo(true));
        }
    }

    private static Response own(String token) {
        return as("1_aaa", "bbb", token);
    }

    private static Response as(String client, String secret, String token) {
        Response response = post("/oauth/v2/introspect", service.as(client, secret), "token", token);
        assertEquals(200, response.statusCode());
        return response;
    }
}
