package dev.symbolon.attempt;

import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestDatabase;
import dev.symbolon.TestService;
import dev.symbolon.authorize.Visitor;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who tries passwords or secrets has to wait, and cannot make others wait for good. */
class AttemptsTest {
    private static final int FREE = 3;

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(
                directory,
                "http.trusted-proxies",
                "127.0.0.1",
                "limits.failures",
                String.valueOf(FREE),
                "limits.longest-wait",
                "1m");
        service.run("client create --id other --secret sss --name Other --grant password");
        service.run("link add alice other");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Response login(String client, String secret, String address, String user, String password) {
        return post(
                "/oauth/v2/token",
                service.as(client, secret).header("X-Forwarded-For", address),
                "grant_type",
                "password",
                "username",
                user,
                "password",
                password);
    }

    private Response login(String address, String user, String password) {
        return login("1_aaa", "bbb", address, user, password);
    }

    private int alice(String address) {
        return login(address, "alice", "alice-password").statusCode();
    }

    private void fail(int times, String address) {
        for (int i = 0; i < times; i++) {
            assertEquals(400, login(address, "alice", "wrong" + i).statusCode());
        }
    }

    private int secret(TestService instance, String secret, String address) {
        return post(
                        "/oauth/v2/token",
                        instance.as("1_aaa", secret).header("X-Forwarded-For", address),
                        "grant_type",
                        "client_credentials")
                .statusCode();
    }

    private void failSecrets(int times, String address) {
        for (int i = 0; i < times; i++) {
            assertEquals(401, secret(service, "wrong" + i, address));
        }
    }

    private void elapse(long seconds) {
        service.clock.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void after_so_many_wrong_passwords_the_right_one_is_answered_as_a_wrong_one_until_the_wait_is_over() {
        Response wrong = login("192.0.2.1", "alice", "wrong");
        fail(FREE - 1, "192.0.2.1");
        Response held = login("192.0.2.1", "alice", "alice-password");
        assertEquals(wrong.statusCode(), held.statusCode());
        assertEquals(wrong.asString(), held.asString());
        elapse(1);
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    void one_fewer_costs_no_wait() {
        fail(FREE - 1, "192.0.2.1");
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    void the_wait_doubles_with_each_failure_up_to_the_longest_and_tries_meanwhile_do_not_prolong_it() {
        fail(FREE, "192.0.2.1");
        for (int wait : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            elapse(wait - 1);
            assertEquals(400, alice("192.0.2.1"), "a wait of " + wait + " s");
            elapse(1);
            fail(1, "192.0.2.1");
        }
        elapse(60);
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    void a_clock_that_was_ahead_makes_nobody_wait_longer() {
        fail(FREE, "192.0.2.1");
        service.clock.advance(Duration.ofHours(-1));
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    void a_success_forgets_the_failures() {
        fail(FREE - 1, "192.0.2.1");
        assertEquals(200, alice("192.0.2.1"));
        fail(FREE - 1, "192.0.2.1");
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    void failures_are_forgotten_after_a_day() {
        fail(FREE + 1, "192.0.2.1");
        service.clock.advance(Duration.ofHours(25));
        fail(FREE - 1, "192.0.2.1");
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    void failures_at_one_client_do_not_hold_up_another_until_there_are_ten_times_as_many_in_all() {
        fail(FREE, "192.0.2.1");
        assertEquals(
                200,
                login("other", "sss", "192.0.2.9", "alice", "alice-password").statusCode());
        for (int i = 0; i < 10 * FREE; i++) {
            elapse(60); // after each wait
            fail(1, "192.0.2.1");
        }
        assertEquals(
                400,
                login("other", "sss", "192.0.2.8", "alice", "alice-password").statusCode());
    }

    @Test
    void an_end_user_address_that_succeeded_before_at_the_client_is_not_held_up_by_others() {
        assertEquals(200, alice("192.0.2.1"));
        assertEquals(200, alice("2001:db8:1:2:3::1"));
        fail(FREE, "198.51.100.1");
        assertEquals(400, alice("198.51.100.1"));
        assertEquals(200, alice("192.0.2.1"));
        assertEquals(200, alice("2001:db8:1:2:ffff::2"), "another address of the same network");
        fail(FREE, "192.0.2.1");
        assertEquals(400, alice("192.0.2.1"), "its own failures count");
    }

    @Test
    void nor_is_it_at_a_door() {
        service.run("door create app --client 1_aaa");
        assertKnownByAddress((address, password) -> post(
                        "/door/app/token",
                        service.form().header("X-Forwarded-For", address),
                        "grant_type",
                        "password",
                        "username",
                        "alice",
                        "password",
                        password)
                .statusCode());
    }

    @Test
    void nor_with_a_client_of_old() {
        service = service.restart("compat.fos", "true");
        service.run("client update other --compat-fos");
        assertKnownByAddress((address, password) ->
                login("other", "sss", address, "alice", password).statusCode());
    }

    private static void assertKnownByAddress(ToIntBiFunction<String, String> login) {
        assertEquals(200, login.applyAsInt("192.0.2.1", "alice-password"));
        for (int i = 0; i < FREE; i++) {
            assertEquals(400, login.applyAsInt("198.51.100.1", "wrong" + i));
        }
        assertEquals(400, login.applyAsInt("198.51.100.1", "alice-password"));
        assertEquals(200, login.applyAsInt("192.0.2.1", "alice-password"));
    }

    @Test
    void a_browser_that_somebody_logged_in_with_is_not_held_up_and_another_is() {
        var known = new Visitor(service);
        known.code("alice");
        var stranger = new Visitor(service);
        for (int i = 0; i < FREE; i++) {
            stranger.wrongLogin("alice", "wrong");
        }
        assertNotEquals(303, stranger.logIn(stranger.authorize(), "alice").status());
        assertEquals(
                303,
                known.submit(
                                known.authorize("prompt", "login"),
                                "login",
                                "username",
                                "alice",
                                "password",
                                "alice-password")
                        .status());
    }

    @Test
    void a_user_is_not_held_up_for_another_s_failures() {
        service.run("link add bob 1_aaa");
        fail(FREE, "192.0.2.1");
        assertEquals(200, login("192.0.2.1", "bob", "bob-password").statusCode());
    }

    @Test
    void an_unlocked_user_need_not_wait() {
        fail(FREE, "192.0.2.1");
        assertTrue(service.run("user unlock alice").contains("Unlocked user alice"));
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    void nor_need_one_who_is_enabled_again_or_has_another_password() {
        service.run("user disable alice");
        fail(FREE, "192.0.2.1");
        service.run("user enable alice");
        assertEquals(200, alice("192.0.2.1"));
        fail(FREE, "192.0.2.1");
        service.run("user set-password alice --password another");
        assertEquals(200, login("192.0.2.1", "alice", "another").statusCode());
    }

    @Test
    void nor_need_a_client_that_is_enabled_again() {
        service.run("client disable 1_aaa");
        for (int i = 0; i < FREE; i++) {
            assertEquals(401, secret(service, "bbb", "192.0.2.1"));
        }
        service.run("client enable 1_aaa");
        assertEquals(200, secret(service, "bbb", "192.0.2.1"));
    }

    @Test
    void wrong_secrets_hold_up_the_client_at_that_address_alone() {
        failSecrets(FREE, "192.0.2.1");
        assertEquals(401, secret(service, "bbb", "192.0.2.1"));
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
        service = service.restart();
        assertEquals(401, secret(service, "bbb", "192.0.2.1"));
        elapse(1);
        assertEquals(200, secret(service, "bbb", "192.0.2.1"));
    }

    @Test
    void nor_is_a_secret_that_the_process_remembers_let_in_where_its_client_has_to_wait() {
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
        failSecrets(FREE, "192.0.2.1");
        assertEquals(401, secret(service, "bbb", "192.0.2.1"));
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
        failSecrets(FREE, "198.51.100.1");
        assertEquals(401, secret(service, "bbb", "198.51.100.1"), "its own failures count");
        elapse(1);
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
        elapse(60);
        assertEquals(200, secret(service, "bbb", "192.0.2.1"), "after the longest wait");
    }

    @Test
    void wrong_secrets_from_many_addresses_do_not_shut_a_client_out() {
        for (int i = 0; i < 12; i++) {
            failSecrets(FREE, "192.0.2." + i);
        }
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
    }

    @Test
    void an_address_from_which_a_client_has_authenticated_is_not_held_up_for_the_failures_of_others() {
        List<String> neighbours = neighbours("198.51.100.1");
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
        failSecrets(FREE, neighbours.get(0));
        service = service.restart();
        assertEquals(401, secret(service, "bbb", neighbours.get(1)), "that shares a count with them");
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
    }

    @Test
    void nor_is_one_from_which_the_process_has_only_remembered_its_secret() {
        assertEquals(200, secret(service, "bbb", "192.0.2.1"));
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
        failSecrets(FREE, neighbours("198.51.100.1").get(0));
        assertEquals(401, secret(service, "bbb", neighbours("198.51.100.1").get(1)), "that shares a count with them");
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
        service = service.restart();
        assertEquals(200, secret(service, "bbb", "198.51.100.1"));
    }

    /** Two addresses of the same place. */
    private static List<String> neighbours(String address) {
        UUID place = Origin.address(address).place();
        return IntStream.range(0, 65_536)
                .mapToObj(i -> "10.0." + i / 256 + "." + i % 256)
                .filter(other -> Origin.address(other).place().equals(place))
                .limit(2)
                .toList();
    }

    @Test
    @Tag("postgresql")
    void a_success_is_one_even_if_it_cannot_be_remembered() {
        String url = service.config().database().url();
        String schema = url.substring(url.lastIndexOf('=') + 1);
        TestDatabase.execute("ALTER TABLE " + schema + ".attempt ADD CHECK (failures < 0) NOT VALID");
        assertEquals(200, secret(service, "bbb", "192.0.2.1"));
    }

    @Test
    void nobody_waits_if_it_is_configured_so() {
        service = service.restart("limits.failures", "0");
        fail(2 * FREE, "192.0.2.1");
        assertEquals(200, alice("192.0.2.1"));
    }

    @Test
    @Tag("postgresql")
    void instances_count_together() {
        try (var replica = service.replica()) {
            failSecrets(FREE, "192.0.2.1");
            assertEquals(401, secret(replica, "bbb", "192.0.2.1"));
            elapse(1);
            assertEquals(200, secret(replica, "bbb", "192.0.2.1"));
        }
    }

    @Test
    @Tag("no-database")
    void any_number_of_unknown_names_share_a_fixed_number_of_counts() {
        Set<UUID> subjects = IntStream.range(0, 100_000)
                .mapToObj(i -> Subject.stranger("nobody" + i).id())
                .collect(Collectors.toSet());
        assertEquals(4096, subjects.size());
    }
}
