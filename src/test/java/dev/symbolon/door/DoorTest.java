package dev.symbolon.door;

import static dev.symbolon.Refusals.refused;
import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a confidential client for an app that has no secret; a browser calls a door in {@code ChromiumTest}. */
class DoorTest {
    private static final String ORIGIN = "https://app.example";

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory);
        service.run("door create app --client 1_aaa --origin " + ORIGIN);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static Response at(String door, RequestSpecification request, String... parameters) {
        return post("/door/" + door + "/token", request, parameters);
    }

    private Response password(String door, String user) {
        return service.passwordAtDoor(door, user);
    }

    private Response refresh(String door, String token) {
        return at(door, service.form(), "grant_type", "refresh_token", "refresh_token", token);
    }

    @Test
    void a_name_and_a_password_alone_are_enough() {
        Response response = password("app", "alice");
        assertEquals("no-store", response.header("Cache-Control"));
        Granted alice = Granted.by(response);
        assertEquals("read write", alice.scope());
        service.introspect(alice.access())
                .then()
                .body("client_id", equalTo("1_aaa"))
                .body("username", equalTo("alice"));
        Granted again = Granted.by(refresh("app", alice.refresh()));
        assertTrue(service.isActive(again.access()));
        assertEquals(again, Granted.by(refresh("app", alice.refresh())), "a retry is one");
    }

    @Test
    void scopes_and_policy_are_as_always() {
        Response narrow = at(
                "app",
                service.form(),
                "grant_type",
                "password",
                "username",
                "alice",
                "password",
                "alice-password",
                "scope",
                "read");
        assertEquals("read", Granted.by(narrow).scope());
        assertEquals(
                "user is not linked to this client", refusedByEndpoint(password("app", "bob"), 400, "invalid_grant"));
        refusedByEndpoint(password("app", "nobody"), 400, "invalid_grant");
        Granted alice = Granted.by(password("app", "alice"));
        service.run("link remove alice 1_aaa");
        refusedByEndpoint(refresh("app", alice.refresh()), 400, "invalid_grant");
        refusedByEndpoint(password("app", "alice"), 400, "invalid_grant");
    }

    @Test
    void a_refresh_token_works_at_its_own_door_only() {
        service.run("door create other --client 1_aaa");
        Granted door = Granted.by(password("app", "alice"));
        Granted usual = service.login("alice");
        refusedByEndpoint(service.refresh(door.refresh()), 400, "invalid_grant");
        refusedByEndpoint(refresh("other", door.refresh()), 400, "invalid_grant");
        refusedByEndpoint(refresh("app", usual.refresh()), 400, "invalid_grant");
        Granted next = Granted.by(refresh("app", door.refresh()));
        refusedByEndpoint(service.refresh(next.refresh()), 400, "invalid_grant");
        refusedByEndpoint(service.refresh(door.refresh()), 400, "invalid_grant");
        assertTrue(service.isActive(next.refresh()), "the wrong place is no reuse");
        assertTrue(service.isActive(Granted.by(service.refresh(usual.refresh())).access()));
    }

    @Test
    void a_second_use_revokes_the_login_as_everywhere() {
        Granted first = Granted.by(password("app", "alice"));
        Granted second = Granted.by(refresh("app", first.refresh()));
        Granted third = Granted.by(refresh("app", second.refresh()));
        refusedByEndpoint(refresh("app", first.refresh()), 400, "invalid_grant");
        assertFalse(service.isActive(third.access()));
    }

    @Test
    void only_the_named_grants_get_through() {
        service.run("door create once --client 1_aaa --grant password");
        Granted alice = Granted.by(password("once", "alice"));
        assertNull(alice.refresh());
        refusedByEndpoint(refresh("once", "srt_x"), 400, "unsupported_grant_type");
        for (String grant : new String[] {"client_credentials", "authorization_code", "nonsense"}) {
            refusedByEndpoint(
                    at("app", service.form(), "grant_type", grant, "code", "x"), 400, "unsupported_grant_type");
        }
        refusedByEndpoint(at("app", service.form()), 400, "invalid_request");
        service.run("client update 1_aaa --grant refresh_token");
        refusedByEndpoint(password("app", "alice"), 400, "unauthorized_client");
    }

    @Test
    void credentials_of_a_client_are_refused() {
        String[] login = {"grant_type", "password", "username", "alice", "password", "alice-password"};
        refusedByEndpoint(at("app", service.as("1_aaa", "bbb"), login), 400, "invalid_request");
        refusedByEndpoint(at("app", service.form().formParam("client_id", "1_aaa"), login), 400, "invalid_request");
        refusedByEndpoint(at("app", service.form().formParam("client_secret", "bbb"), login), 400, "invalid_request");
        refusedByEndpoint(at("app", service.form().queryParam("password", "x"), login), 400, "invalid_request");
    }

    @Test
    void a_disabled_client_gets_nothing_and_a_deleted_one_takes_its_doors_along() {
        Granted alice = Granted.by(password("app", "alice"));
        service.run("client disable 1_aaa");
        refusedByEndpoint(password("app", "alice"), 401, "invalid_client");
        service.run("client enable 1_aaa");
        assertFalse(service.isActive(alice.access()));
        service.run("client delete 1_aaa");
        refusedByEndpoint(password("app", "alice"), 404, "invalid_request");
        assertEquals("[]", service.run("door list --json").strip());
    }

    @Test
    void what_came_through_a_door_dies_with_it_and_stays_dead_when_one_of_that_name_comes_back() {
        service.run("door create once --client 1_aaa --grant password");
        Granted alice = Granted.by(password("app", "alice"));
        Granted once = Granted.by(password("once", "alice"));
        Granted usual = service.login("alice");
        service.run("door delete app");
        service.run("door delete once");
        refusedByEndpoint(password("app", "alice"), 404, "invalid_request");
        service.run("door create app --client 1_aaa");
        refusedByEndpoint(refresh("app", alice.refresh()), 400, "invalid_grant");
        assertFalse(service.isActive(alice.access()));
        assertFalse(service.isActive(once.access()));
        assertTrue(service.isActive(usual.access()));
    }

    @Test
    void a_door_has_a_rate_limit_of_its_own() {
        service.run("door create narrow --client 1_aaa --rate-limit 2/1m");
        Granted.by(password("narrow", "alice"));
        refused(password("narrow", "bob"), 400, "invalid_grant");
        Response full = password("narrow", "alice");
        refusedByEndpoint(full, 429, "temporarily_unavailable");
        assertEquals("31", full.header("Retry-After"));
        Granted.by(password("app", "alice"));
        service.login("alice");
        service.clock.advance(Duration.ofSeconds(31));
        Granted.by(password("narrow", "alice"));
        refusedByEndpoint(password("narrow", "alice"), 429, "temporarily_unavailable");
    }

    @Test
    void it_is_in_the_metrics_under_its_own_name_and_one_that_is_not_is_not() {
        password("app", "bob");
        password("nowhere", "bob");
        String metrics = given().port(service.managementPort()).get("/metrics").asString();
        assertTrue(metrics.contains("endpoint=\"/door/app/token\""), metrics);
        assertFalse(metrics.contains("nowhere"), metrics);
    }

    @Test
    void pages_of_its_own_origins_may_read_and_no_others() {
        service.run("client create --id spa --name S --public --grant authorization_code"
                + " --redirect-uri https://spa.example/cb");
        Response preflight = service.form().header("Origin", ORIGIN).options("/door/app/token");
        assertEquals(204, preflight.statusCode());
        assertEquals(ORIGIN, preflight.header("Access-Control-Allow-Origin"));
        assertEquals("POST", preflight.header("Access-Control-Allow-Methods"));
        Response refusal = at("app", service.form().header("Origin", ORIGIN), "grant_type", "password");
        assertEquals(ORIGIN, refusal.header("Access-Control-Allow-Origin"));
        for (String foreign : new String[] {"https://spa.example", "https://evil.example", "null", ORIGIN + ":443"}) {
            assertNull(service.form()
                    .header("Origin", foreign)
                    .options("/door/app/token")
                    .header("Access-Control-Allow-Origin"));
        }
        assertNull(service.form()
                .header("Origin", ORIGIN)
                .options("/oauth/v2/token")
                .header("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "APP", "app%2F..", "..%2fapp", "%00", "app'--"})
    void there_is_no_other_door(String name) {
        Response response = service.form().urlEncodingEnabled(false).post("/door/" + name + "/token");
        assertTrue(response.statusCode() == 404 || response.statusCode() == 400, response::asString);
        assertFalse(response.asString().contains("access_token"));
    }

    @Test
    void another_method_is_refused() {
        Response response = service.form().get("/door/app/token");
        refused(response, 405, "invalid_request");
        assertEquals("POST, OPTIONS", response.header("Allow"));
    }

    @Test
    void doors_are_listed_and_deleted() {
        service.run("door create b --client 1_aaa --grant password --rate-limit 5/1h");
        assertTrue(service.run("door list --json")
                .startsWith("[{\"name\":\"app\",\"client_id\":\"1_aaa\",\"grants\":[\"password\",\"refresh_token\"],"
                        + "\"origins\":[\"" + ORIGIN + "\"],\"rate_limit\":\"60/1m\",\"created_at\":\""));
        assertTrue(service.run("door list").contains("b     1_aaa   password                -"));
        assertEquals(
                "{\"deleted\":true,\"name\":\"b\"}",
                service.run("door delete b --json").strip());
        assertNotEquals(0, service.attempt("door", "delete", "b").exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | there is a door app already | app --client 1_aaa",
                "1 | there is no client nobody | b --client nobody",
                "1 | is public | b --client spa",
                "1 | not registered for all of | b --client few --grant password,refresh_token",
                "1 | a door is for password | b --client 1_aaa --grant refresh_token",
                "1 | a door is for password | b --client 1_aaa --grant password,client_credentials",
                "2 | a door's name | Upper --client 1_aaa",
                "2 | a door's name | ../x --client 1_aaa",
                "2 | --origin takes | b --client 1_aaa --origin *",
                "2 | --origin takes | b --client 1_aaa --origin https://app.example/",
                "2 | --origin takes | b --client 1_aaa --origin http://app.example",
                "2 | --origin takes | b --client 1_aaa --origin com.example.app://x",
                "2 | --rate-limit takes | b --client 1_aaa --rate-limit 0/1m",
                "2 | --rate-limit takes | b --client 1_aaa --rate-limit 5",
                "2 | --rate-limit takes | b --client 1_aaa --rate-limit 5/500ms",
                "2 | --client | b",
            })
    void what_makes_no_sense_is_refused(int exitCode, String words, String arguments) {
        service.run("client create --id spa --name S --public --grant password");
        service.run("client create --id few --name F --grant password");
        TestService.Outcome outcome = service.attempt(("door create " + arguments).split(" "));
        assertEquals(exitCode, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.err().contains(words), outcome::err);
        assertFalse(service.run("door list").contains("b "));
    }

    @Test
    void a_client_without_refresh_tokens_has_a_door_without() {
        service.run("client create --id few --name F --grant password --policy allow-all");
        service.run("door create few --client few");
        assertNull(Granted.by(password("few", "alice")).refresh());
    }
}
