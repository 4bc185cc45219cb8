package dev.symbolon.policy;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.policy.spi.Decision;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A plug-in that never returns: no decision in time, and the service goes on. */
@ResourceLock("UnsteadyPolicy.answer")
@Timeout(60)
class HungPluginTest {
    @TempDir
    Path directory;

    TestService service;
    final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void start() {
        UnsteadyPolicy.allow();
        service = TestService.start(
                directory, "policy.plugin-timeout", "200ms", "policy.plugin-threads", "2", "database.pool-size", "2");
        service.run("client create --id hung --secret s --name Hung --grant client_credentials --policy unsteady");
    }

    @AfterEach
    void stop() {
        release.countDown();
        UnsteadyPolicy.allow();
        service.close();
    }

    /** Deaf to interrupts, as bad code is. */
    private void hang() {
        UnsteadyPolicy.answer = request -> {
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    released = false;
                }
            }
            return new Decision.Allow(request.scopes());
        };
    }

    private Response ask() {
        return TestService.post("/oauth/v2/token", service.as("hung", "s"), "grant_type", "client_credentials");
    }

    @Test
    void calls_that_never_return_are_no_decision_and_do_not_use_up_the_service() throws Exception {
        hang();
        ExecutorService callers = Executors.newFixedThreadPool(40);
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(CompletableFuture.supplyAsync(this::ask, callers));
        }
        service.login("alice");
        assertTrue(service.isActive(service.login("alice").access()), "others are served meanwhile");
        for (CompletableFuture<Response> answer : answers) {
            refusedByEndpoint(answer.get(), 503, "temporarily_unavailable");
        }
        callers.shutdown();
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("policy-unsteady"))
                .count();
        assertTrue(threads <= 2, () -> threads + " threads");
    }

    @Test
    void a_plug_in_that_answers_again_is_asked_again() {
        hang();
        for (int i = 0; i < 15; i++) {
            refusedByEndpoint(ask(), 503, "temporarily_unavailable");
        }
        release.countDown();
        UnsteadyPolicy.allow();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (ask().statusCode() != 200) { // its threads come back in their own time
            assertTrue(System.nanoTime() < deadline);
        }
        Granted.by(ask());
    }

    @Test
    void in_audit_mode_a_hang_is_allowed_after_the_time_out_and_recorded() {
        service.run("client update hung --policy-mode audit");
        hang();
        Granted.by(ask());
        assertTrue(service.run("policy report --client hung").contains("the policy gave no decision"));
        assertEquals(1, service.run("policy report --client 1_aaa").lines().count());
    }
}
