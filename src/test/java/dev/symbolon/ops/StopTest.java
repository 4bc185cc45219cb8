package dev.symbolon.ops;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.policy.UnsteadyPolicy;
import dev.symbolon.policy.spi.Decision;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A stop, as load balancers and clients see it. */
@ResourceLock("UnsteadyPolicy.answer")
class StopTest {
    /** The common pool may have a single one. */
    private static final Executor THREADS = task -> new Thread(task).start();

    @TempDir
    Path directory;

    @Test
    void while_it_stops_it_is_not_ready_takes_no_one_new_and_answers_those_who_are_in() throws Exception {
        var asked = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        UnsteadyPolicy.answer = request -> {
            asked.countDown();
            return await(released) ? new Decision.Allow(request.scopes()) : null;
        };
        TestService stopping = TestService.start(
                directory,
                "policy.type",
                UnsteadyPolicy.TYPE,
                "policy.plugin-timeout",
                "10s",
                "http.shutdown-timeout",
                "20s");
        CompletableFuture<Response> login = login(stopping);
        assertTrue(await(asked));
        int port = stopping.port();
        int managementPort = stopping.managementPort();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(stopping::close, THREADS);
        await(() -> given().port(managementPort).get("/health/ready").statusCode() == 503);
        await(() -> isRefused(port));
        assertFalse(login.isDone() || stop.isDone(), "both have to wait");
        released.countDown();
        Granted granted = Granted.by(login.get(30, TimeUnit.SECONDS));
        stop.get(30, TimeUnit.SECONDS);
        try (TestService again = stopping.restart("policy.type", "require-link")) {
            assertTrue(again.isActive(granted.access()), "what was answered is stored");
        }
    }

    @Test
    void what_does_not_end_in_time_is_given_up_and_the_database_is_closed_all_the_same() {
        var asked = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        UnsteadyPolicy.answer = request -> {
            asked.countDown();
            await(released);
            return null;
        };
        TestService stopping = TestService.start(
                directory,
                "policy.type",
                UnsteadyPolicy.TYPE,
                "policy.plugin-timeout",
                "10s",
                "http.shutdown-timeout",
                "1s");
        CompletableFuture<Response> login = login(stopping);
        assertTrue(await(asked));
        try (TestService again = stopping.restart("policy.type", "require-link")) {
            assertTrue(again.isActive(again.login("alice").access()));
        } finally {
            released.countDown();
        }
        assertThrows(ExecutionException.class, () -> login.get(30, TimeUnit.SECONDS), "it was cut off");
    }

    private static CompletableFuture<Response> login(TestService service) {
        return CompletableFuture.supplyAsync(
                () -> service.token("grant_type", "password", "username", "alice", "password", "alice-password"),
                THREADS);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRefused(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not in time");
            Thread.onSpinWait();
        }
    }
}
