package dev.symbolon.cli;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import dev.symbolon.client.ClientSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands on the same database while no service runs on it. */
class OfflineTest {
    @TempDir
    Path directory;

    TestService service;

    @BeforeEach
    void startAndStop() {
        service = TestService.start(directory);
        service.close();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void a_service_started_later_sees_what_was_done() {
        service.run("client create --id app --secret s --name App --grant client_credentials,password --scope a");
        service.run("user create carol --password carol-password");
        service.run("link add carol app");
        service.run("link add bob 1_aaa --scope read");
        service = service.restart();
        TestService.post(
                        "/oauth/v2/token",
                        service.as("app", "s"),
                        "grant_type",
                        "password",
                        "username",
                        "carol",
                        "password",
                        "carol-password")
                .then()
                .statusCode(200)
                .body("scope", equalTo("a"));
        service.password("bob").then().statusCode(200).body("scope", equalTo("read"));
    }

    @Test
    void what_is_taken_away_while_the_service_is_down_stays_away() {
        service = service.restart();
        String linked = service.password("alice").then().extract().path("access_token");
        service.close();
        service.run("link remove alice 1_aaa");
        service.run("link add alice 1_aaa");
        service = service.restart();
        assertFalse(service.isActive(linked));
        String revoked = service.password("alice").then().extract().path("access_token");
        service.close();
        service.run("token revoke --user alice");
        service = service.restart();
        assertFalse(service.isActive(revoked));
        assertTrue(service.isActive(service.password("alice").then().extract().path("access_token")));
    }

    @Test
    void output_is_the_same_with_and_without_a_running_service() {
        String[] commands = {
            "client list --json",
            "client list",
            "client show 1_aaa",
            "user list",
            "user show bob --json",
            "link list",
            "token list",
            "policy report --json",
            "client --help",
        };
        var offline = Arrays.stream(commands).map(service::run).toList();
        service = service.restart();
        assertEquals(offline, Arrays.stream(commands).map(service::run).toList());
    }

    @Test
    void failures_are_the_same_with_and_without_a_running_service() {
        String[][] commands = {
            {"client", "show", "nobody"},
            {"link", "remove", "bob", "1_aaa"},
            {"user", "create", "alice", "--password", "x"},
            {"user", "create", "carol"},
            {"client", "create", "--name", "x"},
            {"token", "revoke", "--id", "7"},
            {"client", "shwo"},
        };
        var offline = Arrays.stream(commands).map(service::attempt).toList();
        service = service.restart();
        assertEquals(offline, Arrays.stream(commands).map(service::attempt).toList());
        offline.forEach(outcome -> CommandTest.assertFailed(outcome.exitCode(), "", outcome));
    }

    @Test
    void an_in_memory_database_is_nothing_to_administer_from_outside() {
        TestService memory = TestService.empty(directory, "database.url", "jdbc:h2:mem:outside");
        try (memory) {
            CommandTest.assertFailed(1, "in memory", memory.attempt("user", "list"));
        }
    }

    @Test
    void more_clients_than_a_page_are_all_listed_once() {
        var settings = new ClientSettings(
                "N",
                Set.of("password"),
                Set.of(),
                Map.of(),
                Set.of(),
                false,
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                null);
        try (Administration admin = Administration.open(service.config(), Clock.systemUTC())) {
            for (int i = 0; i < 999; i++) {
                admin.clients().create(settings, "page-" + i, true, null);
            }
        }
        var ids = CommandTest.json(service.attempt("client", "list", "--json")).findValuesAsText("client_id");
        assertEquals(1001, ids.size());
        assertEquals(1001, Set.copyOf(ids).size());
        assertEquals(1002, service.run("client list").lines().count());
    }
}
