package dev.symbolon.token;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6749 section 4.4, seen from outside. */
class ClientCredentialsTest {
    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(directory);
        service.run("client create --id public --name Public --public --grant password,refresh_token --scope read");
        service.run("client create --id other --secret s --name Other --grant password,refresh_token --scope read");
        service.run("client create --id short --secret s --name Short --grant client_credentials --access-ttl 90s");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_client_gets_an_access_token_in_its_own_name_and_never_a_refresh_token() {
        var response = service.token("grant_type", "client_credentials");
        response.then()
                .statusCode(200)
                .contentType(equalTo("application/json"))
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .header("Server", nullValue())
                .body("access_token", matchesRegex("sat_[A-Za-z0-9_-]{43,124}"))
                .body("token_type", equalTo("bearer"))
                .body("expires_in", is(3600))
                .body("scope", equalTo("read write"));
        assertEquals(
                Set.of("access_token", "token_type", "expires_in", "scope"),
                response.jsonPath().getMap("$").keySet());
    }

    @Test
    void every_token_is_another_one() {
        String one =
                Granted.by(service.token("grant_type", "client_credentials")).access();
        String two =
                Granted.by(service.token("grant_type", "client_credentials")).access();
        assertNotEquals(one, two);
    }

    @Test
    void a_client_without_scopes_gets_an_empty_scope_and_its_own_lifetime() {
        Granted granted = Granted.by(
                TestService.post("/oauth/v2/token", service.as("short", "s"), "grant_type", "client_credentials"));
        assertEquals("", granted.scope());
        assertEquals(90, granted.expiresIn());
        service.introspect(granted.access()).then().body("active", is(true)).body("scope", equalTo(""));
    }

    @Test
    void a_public_client_cannot_use_it_nor_be_registered_for_it() {
        refusedByEndpoint(service.raw("grant_type=client_credentials&client_id=public"), 400, "unauthorized_client");
        assertNotEquals(
                0,
                service.attempt("client", "create", "--name", "P", "--public", "--grant", "client_credentials")
                        .exitCode());
        assertNotEquals(
                0,
                service.attempt("client", "update", "public", "--grant", "client_credentials")
                        .exitCode());
    }

    @Test
    void a_client_that_is_not_registered_for_a_grant_is_told_so() {
        refusedByEndpoint(
                TestService.post("/oauth/v2/token", service.as("other", "s"), "grant_type", "client_credentials"),
                400,
                "unauthorized_client");
    }

    @Test
    void an_unknown_grant_type_is_unsupported_and_grant_types_have_a_case() {
        for (String type : new String[] {"implicit", "Client_Credentials", "client_credentials ", "urn:x", "\u00e4"}) {
            refusedByEndpoint(service.token("grant_type", type), 400, "unsupported_grant_type");
        }
    }

    @Test
    void an_unauthenticated_client_is_not_told_which_grants_there_are() {
        refusedByEndpoint(service.raw("grant_type=nonsense&client_id=1_aaa&client_secret=x"), 401, "invalid_client");
        refusedByEndpoint(service.raw("grant_type=client_credentials"), 401, "invalid_client");
        refusedByEndpoint(service.raw("grant_type=client_credentials&client_id=1_aaa"), 401, "invalid_client");
    }

    @Test
    void require_link_never_denies_a_client_without_a_user() {
        service.run("client create --id lonely --secret s --name Lonely --grant client_credentials");
        Granted.by(TestService.post("/oauth/v2/token", service.as("lonely", "s"), "grant_type", "client_credentials"));
    }
}
