package dev.symbolon.link;

import static dev.symbolon.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Past its end a link is gone, for tokens in flight too; no token outlives the links that it rests on. */
class LinkEndTest {
    @TempDir
    Path directory;

    TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory, "token.access-ttl", "1h");
        run("group create staff", "group add staff bob");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void run(String... commands) {
        for (String command : commands) {
            service.run(command);
        }
    }

    private void pass(Duration time) {
        service.clock.advance(time);
    }

    private long lifetime(String token) {
        JsonPath json = TestService.post("/oauth/v2/introspect", service.as("1_aaa", "bbb"), "token", token)
                .jsonPath();
        return json.getLong("exp") - json.getLong("iat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "--group staff"})
    void tokens_expire_with_the_link_at_the_latest_and_are_refused_from_then_on(String who) {
        run("link add " + who + " 1_aaa --for 10m");
        Granted bob = service.login("bob");
        assertEquals(600, bob.expiresIn());
        assertEquals(600, lifetime(bob.access()));
        assertEquals(600, lifetime(bob.refresh()));
        pass(Duration.ofMinutes(5));
        Granted second = Granted.by(service.refresh(bob.refresh()));
        assertEquals(300, second.expiresIn());
        assertEquals(300, lifetime(second.refresh()));
        pass(Duration.ofSeconds(299));
        assertTrue(service.isActive(second.access()));
        pass(Duration.ofSeconds(1));
        assertFalse(service.isActive(second.access()), "from the very second");
        refused(service.refresh(second.refresh()), 400, "invalid_grant");
        assertEquals("user is not linked to this client", refused(service.password("bob"), 400, "invalid_grant"));
    }

    @Test
    void a_link_that_ends_later_than_the_tokens_changes_nothing() {
        run("link add bob 1_aaa --for 365d");
        Granted bob = service.login("bob");
        assertEquals(3600, bob.expiresIn());
        assertEquals(Duration.ofDays(14).toSeconds(), lifetime(bob.refresh()));
    }

    @Test
    void it_is_the_last_of_the_links_that_counts() {
        run("link add bob 1_aaa --for 10m", "link add --group staff 1_aaa --for 20m");
        Granted bob = service.login("bob");
        assertEquals(1200, bob.expiresIn());
        pass(Duration.ofMinutes(15));
        assertTrue(service.isActive(bob.access()));
        run("link add --group staff 1_aaa");
        assertEquals(3600, service.login("bob").expiresIn());
        pass(Duration.ofMinutes(5));
        assertFalse(service.isActive(bob.access()), "it expired as it was issued");
    }

    @Test
    void it_is_the_last_of_the_links_that_cover_the_scopes() {
        run("link add bob 1_aaa --scope read --for 20m", "link add --group staff 1_aaa --scope read,write --for 10m");
        assertEquals(600, service.login("bob").expiresIn());
        assertEquals(1200, service.login("bob", "scope", "read").expiresIn());
        assertEquals(600, service.login("bob", "scope", "write").expiresIn());
        run("link add --group staff 1_aaa --scope write");
        assertEquals(1200, service.login("bob").expiresIn());
        assertEquals(3600, service.login("bob", "scope", "write").expiresIn());
    }

    @Test
    void a_refresh_token_lives_as_long_as_any_link_and_gets_what_is_left() {
        run("link add bob 1_aaa --scope read --for 20m", "link add --group staff 1_aaa --scope write --for 10m");
        Granted bob = service.login("bob");
        assertEquals(600, bob.expiresIn());
        assertEquals(1200, lifetime(bob.refresh()));
        pass(Duration.ofMinutes(10));
        Granted rest = Granted.by(service.refresh(bob.refresh()));
        assertEquals("read", rest.scope());
        assertEquals(600, rest.expiresIn());
        assertEquals(600, lifetime(rest.refresh()));
    }

    @Test
    void a_scope_whose_link_has_ended_is_gone_and_the_rest_lives_on() {
        run("link add --group staff 1_aaa --scope read");
        Granted bob = service.login("bob");
        run("link add bob 1_aaa");
        Granted both = service.login("bob");
        run("link add bob 1_aaa --scope write --for 10m");
        pass(Duration.ofMinutes(10));
        service.introspect(both.access()).then().body("scope", org.hamcrest.Matchers.equalTo("read"));
        assertTrue(service.isActive(bob.access()));
        assertEquals("read", Granted.by(service.refresh(both.refresh())).scope());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link add bob 1_aaa",
                "link add --group staff 1_aaa",
                "link add --group others 1_aaa; group add others bob"
            })
    void what_outlived_a_link_that_was_cut_short_stays_dead_when_another_link_comes(String commands) {
        run("group create others", "link add bob 1_aaa");
        Granted bob = service.login("bob");
        run("link add bob 1_aaa --for 10m");
        assertTrue(service.isActive(bob.access()));
        pass(Duration.ofMinutes(10));
        assertFalse(service.isActive(bob.access()));
        run(commands.split("; "));
        assertTrue(service.isActive(service.login("bob").access()));
        assertFalse(service.isActive(bob.access()));
        assertFalse(service.isActive(bob.refresh()));
        refused(service.refresh(bob.refresh()), 400, "invalid_grant");
    }

    @Test
    void the_same_holds_for_the_members_of_a_group() {
        run("link add --group staff 1_aaa");
        Granted bob = service.login("bob");
        run("link add --group staff 1_aaa --for 10m");
        pass(Duration.ofMinutes(10));
        run("link add --group staff 1_aaa");
        assertFalse(service.isActive(bob.access()));
        assertTrue(service.isActive(service.login("bob").access()));
    }

    @Test
    void a_link_whose_end_is_put_off_in_time_kills_nothing() {
        run("link add bob 1_aaa", "link add --group staff 1_aaa --for 5m");
        Granted bob = service.login("bob");
        run("link add bob 1_aaa --for 10m");
        pass(Duration.ofMinutes(9));
        run("link add bob 1_aaa --for 10m");
        pass(Duration.ofMinutes(9));
        assertTrue(service.isActive(bob.access()));
    }

    @Test
    void a_link_that_has_ended_is_as_good_as_gone() {
        run("link add bob 1_aaa --for 10m", "link add --group staff 2_ccc --for 10m");
        assertEquals(
                3, JsonPath.from(service.run("link list --json")).getList("$").size());
        pass(Duration.ofMinutes(10));
        assertEquals(
                1, JsonPath.from(service.run("link list --json")).getList("$").size());
        assertEquals(1, service.attempt("link", "remove", "bob", "1_aaa").exitCode());
        assertEquals(
                1,
                service.attempt("link", "remove", "--group", "staff", "2_ccc").exitCode());
    }

    @Test
    void in_audit_mode_tokens_outlive_the_link_and_live_on_when_it_comes_back() {
        run("client update 1_aaa --policy-mode audit", "link add bob 1_aaa --for 10m");
        Granted bob = service.login("bob");
        assertEquals(3600, bob.expiresIn());
        pass(Duration.ofMinutes(10));
        assertTrue(service.isActive(bob.access()));
        run("client update 1_aaa --policy-mode enforce");
        assertFalse(service.isActive(bob.access()));
        run("link add bob 1_aaa");
        assertTrue(service.isActive(bob.access()), "it ended while nothing was enforced");
    }

    @Test
    void until_a_day_means_to_its_end_in_utc_and_a_time_means_that_time() {
        String day = service.clock.instant().plus(Duration.ofDays(3)).toString().substring(0, 10);
        Instant end = Instant.parse(day + "T00:00:00Z").plus(Duration.ofDays(1));
        assertEquals(end.toString(), until("--until", day));
        String time = service.clock.instant().plus(Duration.ofDays(3)).toString();
        assertEquals(time, until("--until", time.replace("Z", "+00:00")));
        assertEquals(service.clock.instant().plus(Duration.ofHours(8)).toString(), until("--for", "8h"));
    }

    private String until(String option, String value) {
        return JsonPath.from(service.run("link add bob 1_aaa --json " + option + " " + value))
                .getString("until");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--until 2020-01-01",
                "--until 2020-01-01T00:00:00Z",
                "--until tomorrow",
                "--until 2026-13-01",
                "--until 9999-12-31",
                "--until +999999999-12-31",
                "--for 0s",
                "--for 1y",
                "--for 999999999d",
                "--for -1h",
            })
    void an_end_that_cannot_be_is_bad_usage(String option) {
        assertEquals(
                2, service.attempt(("link add bob 1_aaa " + option).split(" ")).exitCode());
        refused(service.password("bob"), 400, "invalid_grant");
    }
}
