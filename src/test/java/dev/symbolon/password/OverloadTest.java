package dev.symbolon.password;

import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import dev.symbolon.attempt.Subject;
import dev.symbolon.user.Username;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More has to be hashed than can be: who gets a turn, and what the others are told. */
class OverloadTest {
    private static final int CONNECTIONS = 80;

    @TempDir
    Path directory;

    private TestService service;
    private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);

    @BeforeEach
    void start() {
        service = TestService.start(
                directory, "http.trusted-proxies", "127.0.0.1", "password.bcrypt-cost", "10", "limits.failures", "0");
        service.run("link add bob 1_aaa");
    }

    @AfterEach
    void stop() {
        connections.shutdown();
        service.close();
    }

    private List<CompletableFuture<Response>> atOnce(Supplier<Response> request) {
        return IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> CompletableFuture.supplyAsync(request, connections))
                .toList();
    }

    private Response login(String user, String password) {
        return service.token("grant_type", "password", "username", user, "password", password);
    }

    private Response ownToken(String client, String secret) {
        return post("/oauth/v2/token", service.as(client, secret), "grant_type", "client_credentials");
    }

    @Test
    void a_client_that_begins_with_many_connections_at_once_is_checked_once() {
        Set<Integer> statuses = atOnce(() -> ownToken("1_aaa", "bbb")).stream()
                .map(answer -> answer.join().statusCode())
                .collect(Collectors.toSet());
        assertEquals(Set.of(200), statuses);
    }

    @Test
    void who_floods_one_user_is_told_to_come_back_at_once_and_other_users_and_clients_get_in() {
        assertEquals(200, ownToken("1_aaa", "bbb").statusCode());
        service.run("client create --id late --secret sss --name Late --grant client_credentials");
        Set<Integer> seen = flooded(() -> login("alice", "wrong"), () -> {
            assertEquals(200, login("bob", "bob-password").statusCode());
            assertEquals(200, ownToken("late", "sss").statusCode());
        });
        assertEquals(Set.of(400, 503), seen);
    }

    @Test
    void a_name_that_is_nobody_s_waits_behind_others_no_more_than_a_user_s() {
        service.close();
        service = TestService.start(directory.resolve("fast"), "password.bcrypt-cost", "8", "limits.failures", "0");
        UUID bucket = Subject.stranger(typed("nobody")).id();
        Iterator<String> neighbours = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "nobody" + i)
                .filter(name -> Subject.stranger(typed(name)).id().equals(bucket))
                .iterator();
        Queue<String> names = new ConcurrentLinkedQueue<>();
        while (names.size() < CONNECTIONS) {
            names.add(neighbours.next());
        }
        Set<Integer> statuses = atOnce(() -> login(names.remove(), "wrong")).stream()
                .map(answer -> answer.join().statusCode())
                .collect(Collectors.toSet());
        assertEquals(Set.of(400), statuses, "as for as many users");
    }

    private static String typed(String name) {
        return HexFormat.of().formatHex(Username.key(name).orElseThrow());
    }

    @Test
    void made_up_client_ids_do_not_keep_a_client_out_that_this_process_does_not_know_yet() {
        Set<Integer> seen = flooded(
                () -> ownToken("c" + System.nanoTime(), "wrong"),
                () -> assertEquals(200, ownToken("1_aaa", "bbb").statusCode()));
        assertEquals(Set.of(401, 503), seen);
    }

    @Test
    void a_client_whose_secret_is_guessed_gets_in_from_where_it_is_known_right_after_a_restart_too() {
        service = service.restart("limits.failures", "1000");
        assertEquals(200, ownToken("1_aaa", "bbb").statusCode());
        service = service.restart();
        Set<Integer> seen = flooded(
                () -> post(
                        "/oauth/v2/token",
                        service.as("1_aaa", "wrong").header("X-Forwarded-For", "192.0.2." + System.nanoTime() % 250),
                        "grant_type",
                        "client_credentials"),
                () -> assertEquals(200, ownToken("1_aaa", "bbb").statusCode()));
        assertEquals(Set.of(401, 503), seen);
    }

    /** @return the statuses that the flood got */
    private Set<Integer> flooded(Supplier<Response> flood, Runnable meanwhile) {
        var end = new AtomicBoolean();
        var answers = new ConcurrentLinkedQueue<Response>();
        List<CompletableFuture<Response>> running = atOnce(() -> {
            Response answer;
            do {
                answer = flood.get();
                answers.add(answer);
            } while (!end.get());
            return answer;
        });
        try {
            while (answers.stream().noneMatch(answer -> answer.statusCode() == 503)) {
                Thread.onSpinWait();
            }
            meanwhile.run();
        } finally {
            end.set(true);
        }
        running.forEach(CompletableFuture::join);
        answers.stream().filter(answer -> answer.statusCode() == 503).forEach(busy -> {
            assertEquals("1", busy.header("Retry-After"));
            assertEquals("temporarily_unavailable", busy.path("error"));
        });
        assertTrue(answers.size() > CONNECTIONS);
        return answers.stream().map(Response::statusCode).collect(Collectors.toSet());
    }
}
