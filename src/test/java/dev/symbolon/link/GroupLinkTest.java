package dev.symbolon.link;

import static dev.symbolon.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user is linked if one of their groups is; what hung on the last link dies with it, and only then. */
class GroupLinkTest {
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

    @BeforeEach
    void bobIsInTwoGroupsOfWhichOneIsLinked() {
        for (String thing : List.of("group delete staff", "group delete ops", "user delete bob", "user delete carol")) {
            service.attempt(thing.split(" "));
        }
        run(
                "client update 1_aaa --policy default --policy-mode default",
                "user create bob --password bob-password",
                "user create carol --password carol-password",
                "group create staff",
                "group create ops",
                "group add staff bob",
                "group add ops bob",
                "group add staff carol",
                "link add --group staff 1_aaa");
    }

    private static void run(String... commands) {
        for (String command : commands) {
            service.run(command);
        }
    }

    @Test
    void members_of_a_linked_group_get_in_from_the_next_request_and_others_do_not() {
        service.run("group remove staff bob");
        refused(service.password("bob"), 400, "invalid_grant");
        service.run("group add staff bob");
        Granted bob = service.login("bob");
        assertEquals("read write", bob.scope());
        assertTrue(service.isActive(bob.access()));
        Granted.by(service.refresh(bob.refresh()));
    }

    @Test
    void the_scopes_are_those_of_all_links_together() {
        run("link add --group staff 1_aaa --scope read", "link add --group ops 1_aaa --scope other");
        assertEquals("read", service.login("bob").scope());
        Granted bob = service.login("bob");
        run("link add --group ops 1_aaa --scope write");
        assertEquals("read write", service.login("bob").scope());
        assertEquals("read", service.login("carol").scope());
        run("link add --group ops 1_aaa", "link add bob 1_aaa --scope read");
        assertEquals("read write", service.login("bob").scope());
        run("link remove --group ops 1_aaa");
        assertEquals("read", service.login("bob").scope());
        assertTrue(service.isActive(bob.access()), "there was always a link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group remove staff bob; group add staff bob",
                "group delete staff; group create staff; group add staff bob; link add --group staff 1_aaa",
                "link remove --group staff 1_aaa; link add --group staff 1_aaa",
                "group remove staff bob; link add bob 1_aaa",
                "link remove --group staff 1_aaa; link add --group ops 1_aaa",
            })
    void when_the_last_link_goes_tokens_die_at_once_and_stay_dead_when_another_comes(String commands) {
        Granted bob = service.login("bob");
        for (String command : commands.split("; ")) {
            service.run(command);
            assertFalse(service.isActive(bob.access()), command);
            assertFalse(service.isActive(bob.refresh()), command);
        }
        refused(service.refresh(bob.refresh()), 400, "invalid_grant");
        assertTrue(service.isActive(service.login("bob").access()), "new tokens are good");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link add bob 1_aaa; group remove staff bob; link add --group staff 1_aaa",
                "link add bob 1_aaa; group delete staff",
                "link add bob 1_aaa; link remove --group staff 1_aaa",
                "link add bob 1_aaa; link remove bob 1_aaa",
                "link add --group ops 1_aaa; group delete staff",
                "link add --group ops 1_aaa; group remove staff bob",
                "group remove ops bob; group delete ops",
                "group remove staff carol",
            })
    void while_another_link_is_there_tokens_live_on(String commands) {
        Granted bob = service.login("bob");
        run(commands.split("; "));
        assertTrue(service.isActive(bob.access()));
        assertTrue(service.isActive(Granted.by(service.refresh(bob.refresh())).access()));
    }

    @Test
    void every_member_whose_last_link_it_was_loses_their_tokens_and_no_other_does() {
        run("link add carol 1_aaa");
        Granted bob = service.login("bob");
        Granted carol = service.login("carol");
        Granted alice = service.login("alice");
        run("group delete staff");
        assertFalse(service.isActive(bob.access()));
        assertTrue(service.isActive(carol.access()));
        assertTrue(service.isActive(alice.access()));
    }

    @Test
    void however_many_members_there_are_each_loses_their_tokens_each_time() {
        List<String> members = service.createMembers("staff", 1_100);
        for (int time = 0; time < 2; time++) {
            List<Granted> some = List.of(
                    service.login("bob"),
                    service.login(members.get(0)),
                    service.login(members.get(998)),
                    service.login(members.get(1_099)));
            run("link remove --group staff 1_aaa", "link add --group staff 1_aaa");
            some.forEach(granted -> assertFalse(service.isActive(granted.access())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--policy allow-all", "--policy-mode audit"})
    void where_links_are_not_enforced_nothing_dies(String rule) {
        service.run("client update 1_aaa " + rule);
        Granted bob = service.login("bob");
        run("group remove staff bob");
        assertTrue(service.isActive(bob.access()));
        run("group add staff bob", "link remove --group staff 1_aaa");
        assertTrue(service.isActive(bob.access()));
        run("group delete staff");
        assertTrue(service.isActive(bob.access()));
    }

    @Test
    void a_group_may_be_linked_to_several_clients_each_with_its_own_rule() {
        run(
                "client create --id lax --secret s --name Lax --grant password --scope read --policy-mode audit",
                "link add --group staff lax");
        Granted strict = service.login("bob");
        Granted lax = Granted.by(service.passwordAs("lax", "s", "bob"));
        run("group delete staff");
        service.introspect(strict.access()).then().body("active", org.hamcrest.Matchers.is(false));
        service.introspect(lax.access()).then().body("active", org.hamcrest.Matchers.is(true));
        service.run("client delete lax");
    }

    @Test
    @Tag("h2") // for the time it takes
    void a_user_can_be_in_a_thousand_groups_and_in_no_more(@TempDir Path other) {
        try (TestService many = TestService.start(other)) {
            many.joinGroups("alice", 1_000);
            many.run("group create last");
            TestService.Outcome full = many.attempt("group", "add", "last", "alice");
            assertTrue(full.err().contains("a user can be in at most 1000 groups"), full::toString);
            assertEquals(1, full.exitCode());
            assertTrue(many.isActive(many.login("alice").access()));
            String seen = many.run("policy check alice 1_aaa --json");
            assertEquals(1_000, JsonPath.from(seen).getList("groups").size());
        }
    }
}
