package dev.symbolon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code serve} from start to stop. */
class ServeIT extends ProcessFixture {
    private static final Set<Integer> STOPPED = Set.of(0, 143);

    @Test
    void the_last_line_of_the_start_tells_the_url_where_it_answers() throws Exception {
        Program service = serve("password.bcrypt-cost=10");
        assertEquals(
                200,
                new Caller(service.port())
                        .get("/.well-known/oauth-authorization-server")
                        .statusCode());
        service.terminate();
        assertTrue(STOPPED.contains(service.exitCode()));
        List<String> lines = service.result()
                .out()
                .lines()
                .filter(line -> !line.contains(" request: "))
                .toList();
        assertTrue(lines.get(lines.size() - 1).contains("ready at http://localhost:"), lines::toString);
        assertEquals("", service.result().err());
        assertFalse(service.result().out().contains("WARN"), "nothing to warn of");
    }

    @Test
    void a_plain_http_issuer_that_is_not_loopback_is_warned_of() {
        Program service = serve("issuer=http://id.example.com");
        service.awaitOut("issuer http://id.example.com is plain HTTP");
    }

    @Test
    void no_command_means_serve() {
        Program service = keep(Program.start(directory, "--set", "http.port=0", "--set", "management.port=0"));
        service.awaitOut("ready at http://localhost:");
    }

    @Test
    void its_ports_and_what_matters_to_security_are_told_at_every_level() throws Exception {
        seed();
        Program service = serve("log.level=error");
        service.awaitOut(" start: management on port ");
        service.awaitOut("ready at http://localhost:" + service.port() + ", listening on port " + service.port());
        new Caller(service.port()).login("alice");
        service.awaitOut(" audit: token-issued ");
    }

    @Test
    void requests_in_flight_are_answered_when_it_is_told_to_stop() {
        seed();
        Program service = serve("password.bcrypt-cost=10");
        var caller = new Caller(service.port());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(caller.postAsync(
                    "/oauth/v2/token", "grant_type", "password", "username", "alice", "password", "alice-password"));
        }
        CompletableFuture.anyOf(answers.toArray(CompletableFuture<?>[]::new)).join(); // so all of them have arrived
        service.terminate();
        for (var answer : answers) {
            assertEquals(200, answer.join().statusCode(), () -> answer.join().body());
        }
        assertTrue(STOPPED.contains(service.exitCode()));
        serve();
    }

    @Test
    void a_second_service_on_the_database_gives_up_with_one_line_and_the_first_goes_on() {
        Program first = serve();
        long start = System.nanoTime();
        Program.Result second = Program.run(directory, "--set", "http.port=0", "--set", "management.port=0");
        assertFailed("in use", second);
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "took too long");
        assertEquals("[]\n", command("user list --json"));
        first.terminate();
    }

    @Test
    void a_port_in_use_is_told_in_one_line_with_its_number() {
        int port = serve().port();
        Path other = directory.resolve("other");
        for (String key : new String[] {"http.port", "management.port"}) {
            String free = key.equals("http.port") ? "management.port" : "http.port";
            Program.Result result = Program.run(other, "--set", key + "=" + port, "--set", free + "=0");
            assertFailed(key + " " + port + ": Address already in use", result);
        }
    }

    @Test
    void it_listens_on_no_port_but_the_two_configured_and_on_loopback() throws Exception {
        Program service = serve();
        List<Listeners.Listener> listeners = Listeners.of(service.pid());
        assertEquals(2, listeners.size(), listeners::toString);
        for (Listeners.Listener listener : listeners) {
            assertTrue(listener.loopback(), listeners::toString);
            if (listener.port() != service.port()) {
                assertEquals(
                        200, new Caller(listener.port()).get("/health/ready").statusCode());
            }
        }
        assertNotEquals(listeners.get(0).port(), listeners.get(1).port());
    }

    @Test
    void connections_that_come_faster_than_they_are_accepted_wait_and_none_is_turned_away() throws Exception {
        Program service = serve();
        service.freeze();
        List<Socket> burst = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                var connection = new Socket();
                burst.add(connection);
                connection.connect(new InetSocketAddress("127.0.0.1", service.port()), 900);
            }
        } finally {
            for (Socket connection : burst) {
                connection.close();
            }
        }
    }

    /** With one, requests wait for seconds while others go on; it takes a minute of load on a real single core to see. */
    @Test
    void on_a_single_core_two_threads_carry_the_virtual_ones() throws Exception {
        Program service = keep(Program.start(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=1"),
                "--set",
                "http.port=0",
                "--set",
                "management.port=0"));
        service.awaitOut("ready at http://localhost:");
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(service.pid()), "VM.system_properties").start();
        String properties = new String(asked.getInputStream().readAllBytes());
        assertTrue(properties.contains("jdk.virtualThreadScheduler.parallelism=2"), properties);
    }

    @Test
    void a_command_while_the_service_starts_or_stops_waits_for_it() {
        seed();
        Program service = keep(Program.start(directory, "--set", "http.port=0", "--set", "management.port=0"));
        Program.Result whileStarting = Program.run(directory, "user", "list", "--json");
        service.awaitOut("ready");
        service.terminate();
        Program.Result whileStopping = attempt("user list --json");
        for (Program.Result result : List.of(whileStarting, whileStopping)) {
            assertEquals(0, result.exitCode(), result::toString);
            assertTrue(result.out().matches("\\[\\{.*}]\n"), result::toString);
            assertEquals("", result.err());
        }
        assertTrue(STOPPED.contains(service.exitCode()));
    }

    @Test
    void a_socket_that_a_killed_service_left_is_replaced() {
        serve().kill();
        Path socket = data("symbolon.admin/socket");
        assertTrue(Files.exists(socket));
        assertEquals("[]\n", command("user list --json"));
        serve();
        command("user create alice --password x");
        assertTrue(command("user list").contains("alice"));
    }
}
