package dev.symbolon.token;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh whose answer was lost may be tried again for a while; anything else is reuse (RFC 9700 section 4.14.2). */
class RefreshRetryTest {
    @TempDir
    static Path directory;

    static TestService service;
    Granted first;
    Granted second;

    @BeforeAll
    static void start() {
        service = TestService.start(directory, "token.refresh-grace", "10s");
    }

    @BeforeEach
    void refreshOnce() {
        service.run("token revoke --client 1_aaa");
        service.run("client update 1_aaa --policy default --access-ttl default");
        service.run("link add alice 1_aaa");
        first = service.login("alice");
        second = Granted.by(service.refresh(first.refresh()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_retry_within_the_grace_gets_the_very_same_two_tokens_and_what_remains_of_their_life() {
        service.clock.advance(Duration.ofSeconds(7));
        Granted retried = Granted.by(service.refresh(first.refresh()));
        assertEquals(second.access(), retried.access());
        assertEquals(second.refresh(), retried.refresh());
        assertEquals(3600 - 7, retried.expiresIn());
        assertEquals(second.scope(), retried.scope());
        assertEquals(retried, Granted.by(service.refresh(first.refresh())));
        assertTrue(service.isActive(retried.access()));
        Granted.by(service.refresh(retried.refresh()));
    }

    @Test
    void a_retry_whose_access_token_has_expired_and_is_purged_still_gets_the_refresh_token() {
        service.run("client update 1_aaa --access-ttl 5s");
        Granted third = Granted.by(service.refresh(second.refresh()));
        service.clock.advance(Duration.ofSeconds(6));
        service.run("token purge");
        Granted retried = Granted.by(service.refresh(second.refresh()));
        assertEquals(third.access(), retried.access());
        assertEquals(third.refresh(), retried.refresh());
        assertEquals(0, retried.expiresIn());
        assertEquals(third.scope(), retried.scope());
        assertFalse(service.isActive(retried.access()));
        service.run("link add alice 1_aaa --scope other");
        refusedByEndpoint(service.refresh(second.refresh()), 400, "invalid_scope");
        service.run("link add alice 1_aaa");
        Granted.by(service.refresh(retried.refresh()));
    }

    @Test
    void a_retry_survives_a_restart_of_the_service() {
        service = service.restart();
        assertEquals(second, Granted.by(service.refresh(first.refresh())));
    }

    @Test
    void a_retry_may_name_the_same_scope_and_another_one_is_refused_and_nothing_revoked() {
        Granted narrow = Granted.by(service.refresh(second.refresh(), "scope", "read"));
        refusedByEndpoint(service.refresh(second.refresh(), "scope", "write"), 400, "invalid_scope");
        refusedByEndpoint(service.refresh(second.refresh(), "scope", "read write"), 400, "invalid_scope");
        refusedByEndpoint(service.refresh(second.refresh(), "scope", "unknown"), 400, "invalid_scope");
        assertEquals(narrow, Granted.by(service.refresh(second.refresh(), "scope", "read")));
        assertEquals(narrow, Granted.by(service.refresh(second.refresh())));
        assertTrue(service.isActive(narrow.access()));
        assertTrue(service.isActive(narrow.refresh()));
    }

    @Test
    void once_the_successor_was_used_a_retry_is_reuse_and_the_family_is_dead() {
        Granted third = Granted.by(service.refresh(second.refresh()));
        refusedByEndpoint(service.refresh(first.refresh()), 400, "invalid_grant");
        assertFamilyDead(third);
    }

    @Test
    void after_the_grace_a_retry_is_reuse_and_the_family_is_dead() {
        service.clock.advance(Duration.ofSeconds(11));
        refusedByEndpoint(service.refresh(first.refresh()), 400, "invalid_grant");
        assertFamilyDead(second);
    }

    @Test
    void reuse_kills_one_family_and_no_other_login_of_the_same_user() {
        Granted elsewhere = service.login("alice");
        service.clock.advance(Duration.ofSeconds(11));
        refusedByEndpoint(service.refresh(first.refresh()), 400, "invalid_grant");
        assertTrue(service.isActive(elsewhere.access()));
        Granted.by(service.refresh(elsewhere.refresh()));
    }

    @Test
    void another_client_can_neither_retry_nor_kill() {
        service.run("client create --id other --secret s --name Other --grant password,refresh_token --scope read");
        refusedByEndpoint(
                post(
                        "/oauth/v2/token",
                        service.as("other", "s"),
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        first.refresh()),
                400,
                "invalid_grant");
        assertEquals(second, Granted.by(service.refresh(first.refresh())));
    }

    @Test
    void the_policy_is_asked_again_at_a_retry() {
        service.run("client update 1_aaa --policy allow-all");
        Granted bob = service.login("bob");
        Granted successor = Granted.by(service.refresh(bob.refresh()));
        service.run("client update 1_aaa --policy default");
        refusedByEndpoint(service.refresh(bob.refresh()), 400, "invalid_grant");
        service.run("client update 1_aaa --policy allow-all");
        assertEquals(successor, Granted.by(service.refresh(bob.refresh())));
    }

    @Test
    void a_link_narrowed_since_narrows_what_a_retry_says() {
        service.run("link add alice 1_aaa --scope read");
        Granted retried = Granted.by(service.refresh(first.refresh()));
        assertEquals(second.access(), retried.access());
        assertEquals("read", retried.scope());
    }

    @Test
    void a_retry_of_which_no_scope_is_left_is_refused_as_a_first_use_is() {
        Granted narrow = Granted.by(service.refresh(second.refresh(), "scope", "read"));
        service.run("link add alice 1_aaa --scope write");
        refusedByEndpoint(service.refresh(second.refresh()), 400, "invalid_scope");
        service.run("link add alice 1_aaa --scope read");
        assertEquals(narrow, Granted.by(service.refresh(second.refresh(), "scope", "read")));
    }

    @Test
    void a_revoked_family_gives_nothing_to_a_retry() {
        service.revoke(second.access()).then().statusCode(200);
        refusedByEndpoint(service.refresh(first.refresh()), 400, "invalid_grant");
    }

    @Test
    void without_a_grace_every_second_use_is_reuse() {
        service = service.restart("token.refresh-grace", "0s");
        try {
            Granted third = Granted.by(service.refresh(second.refresh()));
            refusedByEndpoint(service.refresh(second.refresh()), 400, "invalid_grant");
            assertFamilyDead(third);
        } finally {
            service = service.restart("token.refresh-grace", "10s");
        }
    }

    @Test
    void a_value_derived_by_one_who_knows_an_old_token_is_another_token_each_time() {
        Granted third = Granted.by(service.refresh(second.refresh()));
        assertNotEquals(second.refresh(), third.refresh());
        assertNotEquals(second.access(), third.access());
    }

    private void assertFamilyDead(Granted last) {
        for (String token : new String[] {
            first.access(), first.refresh(), second.access(), second.refresh(), last.access(), last.refresh()
        }) {
            assertFalse(service.isActive(token));
        }
        refusedByEndpoint(service.refresh(last.refresh()), 400, "invalid_grant");
        assertEquals("[]\n", service.run("token list --json"));
    }
}
