package dev.symbolon.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many uses of one refresh token at the same moment. */
class RaceTest {
    private static final int THREADS = 16;

    @TempDir
    Path directory;

    @RepeatedTest(3)
    void simultaneous_uses_of_one_refresh_token_all_get_the_very_same_successors() throws Exception {
        try (TestService service = TestService.start(directory)) {
            Granted first = service.login("alice");
            List<Response> answers = atOnce(() -> service.refresh(first.refresh()));
            Set<Granted> granted = answers.stream().map(Granted::by).collect(Collectors.toSet());
            assertEquals(1, granted.size());
            Granted successor = granted.iterator().next();
            assertEquals(1, liveRefreshTokens(service));
            assertEquals(3, service.liveTokens().size(), "two access tokens and a refresh token");
            assertTrue(service.isActive(successor.access()));
            Granted.by(service.refresh(successor.refresh()));
        }
    }

    @RepeatedTest(3)
    void without_a_grace_one_of_them_wins_at_most_and_the_family_is_dead() throws Exception {
        try (TestService service = TestService.start(directory, "token.refresh-grace", "0s")) {
            Granted first = service.login("alice");
            List<Response> answers = atOnce(() -> service.refresh(first.refresh()));
            List<Granted> granted = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .map(Granted::by)
                    .toList();
            assertTrue(granted.size() <= 1, granted.size() + " of them won");
            assertTrue(answers.stream().allMatch(answer -> Set.of(200, 400).contains(answer.statusCode())));
            assertEquals("[]\n", service.run("token list --json"));
            granted.forEach(winner -> assertFalse(service.isActive(winner.access())));
        }
    }

    @Test
    void simultaneous_uses_with_two_scopes_give_one_pair_of_tokens_and_refuse_the_other_scope() throws Exception {
        try (TestService service = TestService.start(directory)) {
            Granted first = service.login("alice");
            List<Response> answers = atOnce(
                    () -> service.refresh(first.refresh(), "scope", "read"),
                    () -> service.refresh(first.refresh(), "scope", "write"));
            Set<Granted> granted = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .map(Granted::by)
                    .collect(Collectors.toSet());
            assertEquals(1, granted.size());
            answers.stream()
                    .filter(answer -> answer.statusCode() != 200)
                    .forEach(answer -> answer.then()
                            .statusCode(400)
                            .body("error", org.hamcrest.Matchers.equalTo("invalid_scope")));
            assertEquals(1, liveRefreshTokens(service));
        }
    }

    @Test
    void simultaneous_logins_of_one_user_all_succeed() throws Exception {
        try (TestService service = TestService.start(directory)) {
            List<Response> answers = atOnce(() -> service.password("alice"));
            Set<String> tokens =
                    answers.stream().map(Granted::by).map(Granted::access).collect(Collectors.toSet());
            assertEquals(THREADS, tokens.size());
            assertEquals(THREADS, liveRefreshTokens(service));
        }
    }

    @RepeatedTest(2)
    void what_races_against_the_removal_of_a_link_is_dead_when_the_link_comes_back() throws Exception {
        try (TestService service = TestService.start(directory)) {
            Granted first = service.login("alice");
            var removed = new AtomicBoolean();
            atOnce(() -> service.refresh(first.refresh()), () -> service.password("alice"), () -> {
                if (removed.compareAndSet(false, true)) {
                    service.run("link remove alice 1_aaa");
                }
                return service.password("alice");
            });
            service.run("link add alice 1_aaa");
            assertEquals("[]\n", service.run("token list --json"));
        }
    }

    @RepeatedTest(2)
    void what_races_against_a_revocation_is_dead_afterwards() throws Exception {
        try (TestService service = TestService.start(directory)) {
            Granted first = service.login("alice");
            Granted second = Granted.by(service.refresh(first.refresh()));
            atOnce(() -> service.refresh(second.refresh()), () -> service.revoke(first.access()));
            assertEquals("[]\n", service.run("token list --json"));
        }
    }

    private static long liveRefreshTokens(TestService service) {
        return service.liveTokens().stream()
                .filter(token -> token.get("kind").equals("refresh"))
                .count();
    }

    @SafeVarargs
    private static List<Response> atOnce(Callable<Response>... requests) throws Exception {
        var barrier = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Response>> tasks = Stream.iterate(0, i -> i + 1)
                    .limit(THREADS)
                    .map(i -> (Callable<Response>) () -> {
                        barrier.await(30, TimeUnit.SECONDS);
                        return untilServed(requests[i % requests.length]);
                    })
                    .toList();
            List<Response> answers = new java.util.ArrayList<>();
            for (Future<Response> answer : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** A busy machine may have no connection free in time, and says so: that a client would try again is part of the race. */
    private static Response untilServed(Callable<Response> request) throws Exception {
        Response answer = request.call();
        for (int retries = 0; answer.statusCode() == 503 && retries < 10; retries++) {
            answer = request.call();
        }
        return answer;
    }
}
