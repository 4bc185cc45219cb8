package dev.symbolon.revoke;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7009, seen from outside. */
class RevocationTest {
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
    void a_refresh_token_takes_all_access_tokens_of_its_family_along() {
        Granted first = service.login("alice");
        Granted second = Granted.by(service.refresh(first.refresh()));
        revoked(service.revoke(second.refresh()));
        assertDead(first.access(), second.access(), second.refresh());
        refusedByEndpoint(service.refresh(second.refresh()), 400, "invalid_grant");
    }

    @Test
    void an_access_token_takes_its_refresh_token_along() {
        Granted granted = service.login("alice");
        revoked(service.revoke(granted.access()));
        assertDead(granted.access(), granted.refresh());
        refusedByEndpoint(service.refresh(granted.refresh()), 400, "invalid_grant");
    }

    @Test
    void a_rotated_refresh_token_still_revokes_its_family() {
        Granted first = service.login("alice");
        Granted second = Granted.by(service.refresh(first.refresh()));
        Granted third = Granted.by(service.refresh(second.refresh()));
        service.clock.advance(Duration.ofMinutes(1));
        revoked(service.revoke(first.refresh()));
        assertDead(second.access(), third.access(), third.refresh());
    }

    @Test
    void an_expired_access_token_still_revokes_its_family() {
        Granted granted = service.login("alice");
        service.clock.advance(Duration.ofHours(1));
        revoked(service.revoke(granted.access()));
        assertDead(granted.refresh());
    }

    @Test
    void other_logins_and_the_client_s_own_tokens_live_on() {
        Granted one = service.login("alice");
        Granted two = service.login("alice");
        String own =
                Granted.by(service.token("grant_type", "client_credentials")).access();
        String otherOwn =
                Granted.by(service.token("grant_type", "client_credentials")).access();
        revoked(service.revoke(one.refresh()));
        revoked(service.revoke(own));
        assertDead(own, one.access());
        assertTrue(service.isActive(two.access()));
        assertTrue(service.isActive(two.refresh()));
        assertTrue(service.isActive(otherOwn));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "sat_", "\0", "srt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
            })
    void a_token_nobody_knows_is_200_and_so_is_one_that_was_revoked_already(String token) {
        revoked(service.revoke(token));
        String own =
                Granted.by(service.token("grant_type", "client_credentials")).access();
        revoked(service.revoke(own));
        revoked(service.revoke(own));
    }

    @Test
    void another_client_s_token_is_refused_and_stays_alive() {
        Granted granted = service.login("alice");
        for (String token : new String[] {granted.access(), granted.refresh()}) {
            refusedByEndpoint(
                    post("/oauth/v2/revoke", service.as("other", "s"), "token", token), 400, "unauthorized_client");
            refusedByEndpoint(
                    post("/oauth/v2/revoke", service.as("2_ccc", "ddd"), "token", token), 400, "unauthorized_client");
            refusedByEndpoint(
                    post("/oauth/v2/revoke", service.form(), "client_id", "app", "token", token),
                    400,
                    "unauthorized_client");
        }
        assertTrue(service.isActive(granted.access()));
        Granted.by(service.refresh(granted.refresh()));
    }

    @Test
    void a_public_client_revokes_its_own_by_its_name_alone() {
        Granted granted =
                Granted.by(service.raw("client_id=app&grant_type=password&username=alice&password=alice-password"));
        revoked(post("/oauth/v2/revoke", service.form(), "client_id", "app", "token", granted.refresh()));
        assertFalse((boolean) service.introspect(granted.access()).path("active"));
    }

    @Test
    void the_caller_has_to_authenticate_and_the_token_to_be_there() {
        Granted granted = service.login("alice");
        refusedByEndpoint(post("/oauth/v2/revoke", service.form(), "token", granted.access()), 401, "invalid_client");
        refusedByEndpoint(
                post("/oauth/v2/revoke", service.form(), "client_id", "1_aaa", "token", granted.access()),
                401,
                "invalid_client");
        assertTrue(service.isActive(granted.access()));
        refusedByEndpoint(service.revoke(""), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token", "nonsense"})
    void the_hint_changes_nothing(String hint) {
        Granted granted = service.login("alice");
        revoked(post(
                "/oauth/v2/revoke", service.as("1_aaa", "bbb"), "token", granted.access(), "token_type_hint", hint));
        assertDead(granted.access(), granted.refresh());
    }

    @Test
    void what_was_revoked_stays_revoked_after_a_restart() {
        Granted granted = service.login("alice");
        revoked(service.revoke(granted.refresh()));
        service = service.restart();
        assertDead(granted.access(), granted.refresh());
    }

    private static void revoked(Response response) {
        assertEquals(200, response.statusCode(), response.asString());
        assertEquals("", response.asString());
        assertEquals("no-store", response.header("Cache-Control"));
    }

    private static void assertDead(String... tokens) {
        for (String token : tokens) {
            assertFalse(service.isActive(token));
        }
    }
}
