package dev.symbolon.token;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6749 section 6: what a refresh gives, and to whom. Retries are in {@link RefreshRetryTest}. */
class RefreshTest {
    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(
                directory, "token.access-ttl", "1h", "token.refresh-ttl", "10h", "token.family-ttl", "15h");
    }

    @BeforeEach
    void asItWas() {
        service.run("client update 1_aaa --policy default --access-ttl default --refresh-ttl default "
                + "--grant client_credentials,password,refresh_token");
        service.run("user enable alice");
        service.run("link add alice 1_aaa");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_refresh_gives_two_new_tokens_and_uses_the_old_one_up() {
        Granted first = service.login("alice");
        Granted second = Granted.by(service.refresh(first.refresh()));
        assertNotEquals(first.access(), second.access());
        assertNotEquals(first.refresh(), second.refresh());
        assertEquals(3600, second.expiresIn());
        assertEquals("read write", second.scope());
        assertFalse(service.isActive(first.refresh()));
        assertTrue(service.isActive(second.refresh()));
    }

    @Test
    void the_earlier_access_token_lives_on_until_it_expires() {
        Granted first = service.login("alice");
        service.clock.advance(Duration.ofMinutes(30));
        Granted second = Granted.by(service.refresh(first.refresh()));
        assertTrue(service.isActive(first.access()));
        service.clock.advance(Duration.ofMinutes(30));
        assertFalse(service.isActive(first.access()));
        assertTrue(service.isActive(second.access()));
    }

    @Test
    void the_scope_may_narrow_and_the_new_refresh_token_keeps_the_scope_first_granted() {
        Granted narrow = Granted.by(service.refresh(service.login("alice").refresh(), "scope", "read"));
        assertEquals("read", narrow.scope());
        service.introspect(narrow.access()).then().body("scope", org.hamcrest.Matchers.equalTo("read"));
        assertEquals("read write", Granted.by(service.refresh(narrow.refresh())).scope());
    }

    @Test
    void the_scope_never_widens_past_what_was_first_granted() {
        Granted narrow = service.login("alice", "scope", "read");
        refusedByEndpoint(service.refresh(narrow.refresh(), "scope", "read write"), 400, "invalid_scope");
        refusedByEndpoint(service.refresh(narrow.refresh(), "scope", "admin"), 400, "invalid_scope");
        assertEquals("read", Granted.by(service.refresh(narrow.refresh())).scope());
    }

    @Test
    void a_refresh_token_is_expired_at_the_very_second_and_a_rotation_starts_its_lifetime_anew() {
        Granted first = service.login("alice");
        Granted untouched = service.login("alice");
        service.clock.advance(Duration.ofHours(10).minusSeconds(1));
        Granted second = Granted.by(service.refresh(first.refresh()));
        service.clock.advance(Duration.ofSeconds(1));
        refusedByEndpoint(service.refresh(untouched.refresh()), 400, "invalid_grant");
        assertTrue(service.isActive(second.refresh()));
    }

    @Test
    void no_rotation_goes_past_the_lifetime_of_the_family() {
        Granted first = service.login("alice");
        long began = service.clock.instant().getEpochSecond();
        service.clock.advance(Duration.ofHours(9));
        Granted second = Granted.by(service.refresh(first.refresh()));
        int expires = post("/oauth/v2/introspect", service.as("1_aaa", "bbb"), "token", second.refresh())
                .path("exp");
        assertEquals(began + Duration.ofHours(15).toSeconds(), expires);
        service.clock.advance(Duration.ofHours(6).minusSeconds(1));
        Granted third = Granted.by(service.refresh(second.refresh()));
        service.clock.advance(Duration.ofSeconds(1));
        refusedByEndpoint(service.refresh(third.refresh()), 400, "invalid_grant");
        assertTrue(service.isActive(third.access()), "the access token has its own lifetime");
        service.run("token purge");
        assertTrue(service.isActive(third.access()), "its family is still needed");
    }

    @Test
    void a_login_is_kept_for_its_last_refresh_token_however_often_it_was_refreshed() {
        Granted last = service.login("alice");
        for (int i = 0; i < 4; i++) {
            service.clock.advance(Duration.ofHours(1));
            last = Granted.by(service.refresh(last.refresh()));
        }
        service.clock.advance(Duration.ofHours(10).minusSeconds(1));
        service.run("token purge");
        assertEquals(200, service.refresh(last.refresh()).statusCode());
    }

    @Test
    void a_client_s_own_lifetimes_count() {
        service.run("client update 1_aaa --access-ttl 5m --refresh-ttl 1h");
        Granted first = service.login("alice");
        assertEquals(300, first.expiresIn());
        service.clock.advance(Duration.ofHours(1).minusSeconds(1));
        Granted second = Granted.by(service.refresh(first.refresh()));
        service.clock.advance(Duration.ofHours(1));
        refusedByEndpoint(service.refresh(second.refresh()), 400, "invalid_grant");
    }

    @Test
    void another_client_s_refresh_token_is_refused_and_not_used_up() {
        service.run("client create --id other --secret s --name Other --grant password,refresh_token --scope read");
        service.run("link add alice other");
        Granted first = service.login("alice");
        Response stolen = post(
                "/oauth/v2/token",
                service.as("other", "s"),
                "grant_type",
                "refresh_token",
                "refresh_token",
                first.refresh());
        refusedByEndpoint(stolen, 400, "invalid_grant");
        Granted.by(service.refresh(first.refresh()));
    }

    @Test
    void what_is_no_refresh_token_of_ours_is_invalid_grant_with_the_same_words() {
        Granted granted = service.login("alice");
        String words = refusedByEndpoint(service.refresh("nonsense"), 400, "invalid_grant");
        String refresh = granted.refresh();
        for (String other : new String[] {
            granted.access(),
            "sat_" + refresh.substring(4),
            "srt_" + granted.access().substring(4),
            refresh + "A",
            refresh.substring(0, refresh.length() - 1),
            refresh.substring(0, refresh.length() - 2) + "==",
            refresh.substring(0, refresh.length() - 1) + (refresh.endsWith("A") ? "B" : "A"),
            refresh.toUpperCase(java.util.Locale.ROOT),
            "srt_",
            "srt_" + "A".repeat(64),
            "srt_" + "=".repeat(64),
            "x".repeat(10_000),
            "\u00e4\u20ac"
        }) {
            assertEquals(words, refusedByEndpoint(service.refresh(other), 400, "invalid_grant"), other);
        }
        Granted.by(service.refresh(refresh));
    }

    @Test
    void the_refresh_token_has_to_be_there() {
        assertTrue(refusedByEndpoint(service.token("grant_type", "refresh_token"), 400, "invalid_request")
                .contains("refresh_token"));
    }

    @Test
    void the_policy_is_asked_again_so_that_an_unlinked_or_disabled_user_is_refused() {
        Granted unlinked = service.login("alice");
        service.run("link remove alice 1_aaa");
        refusedByEndpoint(service.refresh(unlinked.refresh()), 400, "invalid_grant");
        service.run("link add alice 1_aaa");
        Granted disabled = service.login("alice");
        service.run("user disable alice");
        refusedByEndpoint(service.refresh(disabled.refresh()), 400, "invalid_grant");
    }

    @Test
    void a_denial_by_the_policy_uses_nothing_up() {
        service.run("client update 1_aaa --policy allow-all");
        Granted bob = service.login("bob");
        service.run("client update 1_aaa --policy default");
        assertEquals(
                "user is not linked to this client",
                refusedByEndpoint(service.refresh(bob.refresh()), 400, "invalid_grant"));
        service.run("link add bob 1_aaa");
        Granted.by(service.refresh(bob.refresh()));
    }

    @Test
    void a_client_that_lost_the_refresh_grant_cannot_refresh() {
        Granted granted = service.login("alice");
        service.run("client update 1_aaa --grant password");
        refusedByEndpoint(service.refresh(granted.refresh()), 400, "unauthorized_client");
        service.run("client update 1_aaa --grant password,refresh_token");
        Granted.by(service.refresh(granted.refresh()));
    }

    @Test
    void a_public_client_refreshes_by_its_name_alone() {
        service.run("client create --id app --name App --public --grant password,refresh_token --scope read");
        service.run("link add alice app");
        String login = "client_id=app&grant_type=password&username=alice&password=alice-password";
        Granted first = Granted.by(service.raw(login));
        Granted.by(service.raw("client_id=app&grant_type=refresh_token&refresh_token=" + first.refresh()));
    }
}
