package dev.symbolon.token;

import static dev.symbolon.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kills tokens for good, so that they stay dead when the link, the user or the client comes back. */
class KillTest {
    private static final String TUTORIAL =
            "client create --id 1_aaa --secret bbb --name Tutorial --scope read,write --grant "
                    + "client_credentials,password,refresh_token";

    @TempDir
    static Path directory;

    static TestService service;
    Granted alice;
    Granted bob;
    Granted elsewhere;
    String client;

    @BeforeAll
    static void start() {
        service = TestService.start(directory);
    }

    @BeforeEach
    void everythingAnew() {
        for (String thing :
                List.of("client delete 1_aaa", "client delete other", "user delete alice", "user delete bob")) {
            service.attempt(thing.split(" "));
        }
        service.run(TUTORIAL);
        service.run("user create alice --password alice-password");
        service.run("user create bob --password bob-password");
        service.run("link add alice 1_aaa");
        service.run("link add bob 1_aaa");
        service.run("client create --id other --secret s --name Other --grant password,refresh_token --scope read");
        service.run("link add alice other");
        alice = service.login("alice");
        bob = service.login("bob");
        elsewhere = Granted.by(service.passwordAs("other", "s", "alice"));
        client = Granted.by(service.token("grant_type", "client_credentials")).access();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link remove alice 1_aaa; link add alice 1_aaa",
                "link remove alice 1_aaa; link add alice 1_aaa; link remove alice 1_aaa; link add alice 1_aaa",
                "user disable alice; user enable alice",
                "user set-password alice --password other; user set-password alice --password alice-password",
                "user set-password alice --password alice-password",
                "user delete alice; user create alice --password alice-password; link add alice 1_aaa",
                "token revoke --user alice"
            })
    void tokens_of_the_user_die_at_the_first_command_and_stay_dead_after_the_last(String commands) {
        for (String command : commands.split("; ")) {
            service.run(command);
            assertDead(alice);
        }
        assertTrue(active(bob), "another user's tokens live on");
        assertTrue(service.isActive(client), "the client's own token lives on");
        assertTrue(active(service.login("alice")), "new tokens are good");
        assertDead(alice);
        refused(service.refresh(alice.refresh()), 400, "invalid_grant");
        assertEquals(
                commands.startsWith("link"),
                service.introspect(elsewhere.access()).path("active"),
                "at another client only the link's removal leaves them alive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client disable 1_aaa; client enable 1_aaa",
                "client delete 1_aaa; " + TUTORIAL + "; link add alice 1_aaa; link add bob 1_aaa",
                "token revoke --client 1_aaa"
            })
    void tokens_of_the_client_die_at_the_first_command_and_stay_dead_after_the_last(String commands) {
        for (String command : commands.split("; ")) {
            service.run(command);
            for (String token : List.of(alice.access(), bob.access(), client)) {
                service.introspect(token).then().body("active", org.hamcrest.Matchers.is(false));
            }
        }
        assertDead(alice);
        assertDead(bob);
        refused(service.refresh(alice.refresh()), 400, "invalid_grant");
        refused(service.refresh(bob.refresh()), 400, "invalid_grant");
        assertTrue(active(service.login("alice")), "new tokens are good");
        assertDead(alice);
        assertTrue((boolean) service.introspect(elsewhere.access()).path("active"), "another client's live on");
    }

    @Test
    void nothing_else_kills_them() {
        Granted last = alice;
        for (String command : List.of(
                "link add alice 1_aaa --scope read,write",
                "link add bob 2_ccc",
                "user enable alice",
                "client enable 1_aaa",
                "client rotate-secret 1_aaa --secret bbb",
                "client update 1_aaa --name Renamed --access-ttl 5m",
                "client update 1_aaa --policy-mode audit",
                "user disable bob",
                "link remove bob 1_aaa",
                "link remove alice other",
                "client delete other",
                "token purge")) {
            service.run(command);
            assertTrue(service.isActive(alice.access()), command);
            assertTrue(service.isActive(client), command);
            last = Granted.by(service.refresh(last.refresh()));
            assertTrue(active(last), command);
        }
    }

    @Test
    void what_died_before_a_rotation_stays_dead_in_every_generation() {
        Granted second = Granted.by(service.refresh(alice.refresh()));
        service.run("link remove alice 1_aaa");
        service.run("link add alice 1_aaa");
        assertDead(alice);
        assertDead(second);
        refused(service.refresh(alice.refresh()), 400, "invalid_grant");
        refused(service.refresh(second.refresh()), 400, "invalid_grant");
    }

    @Test
    void a_denial_by_the_policy_alone_kills_nothing_for_good() {
        service.run("client update 1_aaa --policy allow-all");
        service.run("link remove alice 1_aaa");
        assertTrue(active(alice), "allow-all asks for no link");
        service.run("client update 1_aaa --policy require-link");
        assertDead(alice);
        service.run("link add alice 1_aaa");
        assertTrue(active(alice));
        Granted.by(service.refresh(alice.refresh()));
    }

    @Test
    void linking_a_user_who_got_tokens_in_audit_mode_leaves_them_alive() {
        service.run("link remove bob 1_aaa");
        service.run("client update 1_aaa --policy-mode audit");
        Granted unlinked = service.login("bob");
        service.run("link add bob 1_aaa");
        service.run("client update 1_aaa --policy-mode enforce");
        assertTrue(active(unlinked));
        Granted.by(service.refresh(unlinked.refresh()));
    }

    @Test
    void removing_a_link_in_audit_mode_kills_nothing() {
        service.run("client update 1_aaa --policy-mode audit");
        service.run("link remove alice 1_aaa");
        assertTrue(active(alice));
    }

    @Test
    void the_dead_are_dead_after_a_restart_and_not_listed() {
        service.run("link remove alice 1_aaa");
        service = service.restart();
        service.run("link add alice 1_aaa");
        assertDead(alice);
        assertTrue(active(bob));
        assertEquals("[]\n", service.run("token list --user alice --client 1_aaa --json"));
    }

    private void assertDead(Granted granted) {
        assertFalse((boolean) service.introspect(granted.access()).path("active"));
        assertFalse(service.isActive(granted.access()));
        assertFalse(service.isActive(granted.refresh()));
    }

    private boolean active(Granted granted) {
        return service.isActive(granted.access()) && service.isActive(granted.refresh());
    }
}
