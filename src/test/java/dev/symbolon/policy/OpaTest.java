package dev.symbolon.policy;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.http.Json;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Open Policy Agent decides, over its Data API: what it is asked, and what becomes of its answers and of its faults. */
class OpaTest {
    @TempDir
    Path directory;

    OpaServer opa;
    TestService service;

    @BeforeEach
    void start() throws Exception {
        opa = new OpaServer();
        service = TestService.start(
                directory, "policy.type", "opa", "policy.opa.url", opa.url(), "policy.opa.timeout", "5s");
    }

    @AfterEach
    void stop() {
        opa.close();
        service.close();
    }

    @Test
    void the_question_is_the_documented_input_at_each_moment() throws Exception {
        service.run("group create staff");
        service.run("group add staff bob");
        Granted bob = service.login("bob", "scope", "write read");
        Granted.by(service.refresh(bob.refresh()));
        service.introspect(bob.access());
        ObjectNode expected = (ObjectNode) Json.MAPPER.readTree(Files.readString(Path.of("config/opa-input.json")));
        expected.put("linked", false).put("address", "127.0.0.1");
        ((ObjectNode) expected.get("user")).set("id", opa.questions.get(0).at("/input/user/id"));
        for (String moment : new String[] {"issue", "refresh", "introspect"}) {
            JsonNode question = opa.questions.remove(0);
            assertEquals(1, question.size());
            assertEquals(expected.put("moment", moment), question.get("input"));
        }
        service.token("grant_type", "client_credentials");
        JsonNode own = opa.questions.get(0).get("input");
        assertTrue(own.get("user").isNull() && own.has("user"));
        assertEquals("client_credentials", own.get("grant_type").textValue());
        service.login("alice");
        assertTrue(opa.questions.get(1).at("/input/linked").booleanValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | read write",
                "{\"allow\":true} | read write",
                "{\"allow\":true,\"scopes\":[\"read\",\"admin\"]} | read",
                "{\"allow\":true,\"scopes\":[],\"reason\":\"x\"} | ''",
                "{\"allow\":true,\"other\":{}} | read write",
            })
    void a_clear_yes_grants_what_it_allows(String result, String scope) {
        opa.result(input -> result);
        assertEquals(scope, service.login("bob").scope());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | the policy does not allow it",
                "{\"allow\":false} | the policy does not allow it",
                "{\"allow\":false,\"reason\":\"not at night\"} | not at night",
                "{\"allow\":false,\"reason\":\" \",\"scopes\":[\"read\"]} | the policy does not allow it",
            })
    void a_clear_no_denies_with_its_reason(String result, String reason) {
        opa.result(input -> result);
        assertEquals(reason, refusedByEndpoint(service.password("alice"), 400, "invalid_grant"));
        refusedByEndpoint(service.token("grant_type", "client_credentials"), 400, "unauthorized_client");
    }

    @Test
    void its_no_at_introspection_and_refresh_counts_while_it_lasts() {
        Granted alice = service.login("alice");
        opa.result(input -> "false");
        assertFalse(service.isActive(alice.access()));
        refusedByEndpoint(service.refresh(alice.refresh()), 400, "invalid_grant");
        opa.result(input -> "{\"allow\":true,\"scopes\":[\"read\"]}");
        service.introspect(alice.access()).then().body("scope", equalTo("read"));
        assertEquals("read", Granted.by(service.refresh(alice.refresh())).scope());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "true",
                "garbage",
                "{\"result\":null}",
                "{\"result\":\"true\"}",
                "{\"result\":1}",
                "{\"result\":{}}",
                "{\"result\":{\"allow\":\"yes\"}}",
                "{\"result\":{\"allow\":true,\"scopes\":\"read\"}}",
                "{\"result\":{\"allow\":true,\"scopes\":[1]}}",
                "{\"result\":{\"allow\":true,\"scopes\":null}}",
                "{\"result\":{\"allow\":false,\"reason\":7}}",
                "{\"result\":true} {\"result\":false}",
                "{\"result\":true,\"result\":false}",
                "{\"result\":true",
                "<html>",
            })
    void an_answer_that_is_not_clear_is_no_decision(String body) {
        opa.body(200, question -> body);
        assertNoDecision();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 302, 307, 400, 401, 404, 500, 503})
    void a_status_other_than_200_is_no_decision(int status) {
        opa.answer = (exchange, question) -> {
            exchange.getResponseHeaders().set("Location", "/v1/data/elsewhere");
            byte[] body = "{\"result\":true}".getBytes();
            exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            if (status != 204) {
                exchange.getResponseBody().write(body);
            }
        };
        assertNoDecision();
    }

    static Stream<OpaServer.Answer> faults() {
        return Stream.of(
                (exchange, question) -> exchange.close(),
                (exchange, question) -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write("{\"result\":true".getBytes());
                    exchange.close();
                },
                (exchange, question) -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] spaces = " ".repeat(10_000).getBytes();
                    for (int i = 0; i < 10; i++) {
                        exchange.getResponseBody().write(spaces);
                    }
                    exchange.getResponseBody().write("{\"result\":true}".getBytes());
                });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void an_answer_that_breaks_off_or_never_ends_is_no_decision(OpaServer.Answer fault) {
        opa.answer = fault;
        assertNoDecision();
    }

    @Test
    void nobody_there_is_no_decision_and_the_service_recovers_by_itself() throws Exception {
        Granted alice = service.login("alice");
        opa.close();
        refusedByEndpoint(service.introspect(alice.access()), 503, "temporarily_unavailable");
        refusedByEndpoint(service.refresh(alice.refresh()), 503, "temporarily_unavailable");
        refusedByEndpoint(service.password("alice"), 503, "temporarily_unavailable");
        opa = new OpaServer();
        service = service.restart("policy.opa.url", opa.url());
        assertTrue(service.isActive(alice.access()));
        Granted.by(service.refresh(alice.refresh()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_slow_answer_is_no_decision_whether_it_begins_or_not(boolean begins) {
        Granted alice = service.login("alice");
        service = service.restart("policy.opa.timeout", "100ms");
        OpaServer.Answer steady = opa.answer;
        opa.answer = (exchange, question) -> {
            if (begins) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
            opa.hang();
        };
        refusedByEndpoint(service.introspect(alice.access()), 503, "temporarily_unavailable");
        refusedByEndpoint(service.refresh(alice.refresh()), 503, "temporarily_unavailable");
        opa.answer = steady;
        service = service.restart("policy.opa.timeout", "5s");
        Granted.by(service.refresh(alice.refresh()));
    }

    /** 503 at every moment, nothing issued, nothing consumed; in audit mode allowed and recorded. */
    private void assertNoDecision() {
        OpaServer.Answer fault = opa.answer;
        opa.result(input -> "true");
        Granted alice = service.login("alice");
        opa.answer = fault;
        refusedByEndpoint(service.password("alice"), 503, "temporarily_unavailable");
        refusedByEndpoint(service.token("grant_type", "client_credentials"), 503, "temporarily_unavailable");
        refusedByEndpoint(service.refresh(alice.refresh()), 503, "temporarily_unavailable");
        refusedByEndpoint(service.introspect(alice.access()), 503, "temporarily_unavailable");
        service.run("client update 1_aaa --policy-mode audit");
        Granted bob = service.login("bob");
        assertTrue(service.isActive(bob.access()));
        assertEquals(
                "the policy gave no decision",
                JsonPath.from(service.run("policy report --json")).getString("find { it.username == 'bob' }.reason"));
        service.run("client update 1_aaa --policy-mode default");
        opa.result(input -> "true");
        Granted.by(service.refresh(alice.refresh()));
    }

    @Test
    void connections_are_reused() {
        for (int i = 0; i < 10; i++) {
            service.token("grant_type", "client_credentials").then().statusCode(200);
        }
        assertEquals(10, opa.ports.size());
        assertEquals(1, Set.copyOf(opa.ports).size());
    }

    @Test
    void past_its_concurrency_there_is_no_decision_right_away() throws Exception {
        service = service.restart("policy.opa.concurrency", "2", "policy.opa.timeout", "10s");
        var asked = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        OpaServer.Answer steady = opa.answer;
        opa.answer = (exchange, question) -> {
            asked.countDown();
            go.await();
            steady.send(exchange, question);
        };
        Executor threads = task -> new Thread(task).start(); // from Java 25 on the common pool may have one only
        var one = CompletableFuture.supplyAsync(() -> service.token("grant_type", "client_credentials"), threads);
        var two = CompletableFuture.supplyAsync(() -> service.token("grant_type", "client_credentials"), threads);
        asked.await();
        refusedByEndpoint(service.token("grant_type", "client_credentials"), 503, "temporarily_unavailable");
        go.countDown();
        for (CompletableFuture<Response> each : java.util.List.of(one, two)) {
            assertEquals(200, each.get().statusCode());
        }
        assertEquals(200, service.token("grant_type", "client_credentials").statusCode());
    }

    @Test
    void without_a_cache_every_introspection_is_a_question() {
        Granted alice = service.login("alice");
        opa.questions.clear();
        assertTrue(service.isActive(alice.access()));
        assertTrue(service.isActive(alice.access()));
        assertEquals(2, opa.questions.size());
    }

    @Test
    void with_a_cache_an_introspection_is_asked_about_once_in_its_lifetime_and_nothing_else_is_cached() {
        service = service.restart("policy.opa.cache-ttl", "30s");
        Granted alice = service.login("alice");
        Granted again = service.login("alice");
        Granted.by(service.refresh(again.refresh()));
        assertEquals(3, opa.questions.size());
        opa.questions.clear();
        assertTrue(service.isActive(alice.access()));
        opa.result(input -> "false");
        assertTrue(service.isActive(alice.access()));
        service.clock.advance(Duration.ofSeconds(29));
        assertTrue(service.isActive(alice.access()));
        assertEquals(1, opa.questions.size());
        service.clock.advance(Duration.ofSeconds(1));
        assertFalse(service.isActive(alice.access()), "the answer is too old");
        opa.result(input -> "true");
        assertFalse(service.isActive(alice.access()), "a no is kept as well");
        service.clock.advance(Duration.ofSeconds(30));
        opa.body(500, question -> "");
        refusedByEndpoint(service.introspect(alice.access()), 503, "temporarily_unavailable");
        opa.result(input -> "true");
        assertTrue(service.isActive(alice.access()), "what was no decision is not kept");
    }

    @Test
    void a_kept_answer_does_not_outlive_a_link_or_a_disabled_user() {
        service = service.restart("policy.opa.cache-ttl", "5m");
        opa.result(input -> input.get("linked").toString());
        Granted alice = service.login("alice");
        assertTrue(service.isActive(alice.access()));
        service.run("link remove alice 1_aaa");
        assertFalse(service.isActive(alice.access()));
        service.run("link add alice 1_aaa");
        assertTrue(service.isActive(alice.access()));
        service.run("user disable alice");
        assertFalse(service.isActive(alice.access()));
    }

    @Test
    void the_cache_is_bounded() {
        service = service.restart("policy.opa.cache-ttl", "5m", "policy.opa.cache-size", "1");
        Granted alice = service.login("alice");
        Granted bob = service.login("bob");
        opa.questions.clear();
        service.isActive(alice.access());
        service.isActive(bob.access());
        service.isActive(alice.access());
        assertEquals(3, opa.questions.size());
        service.isActive(alice.access());
        assertEquals(3, opa.questions.size());
    }

    @Test
    void opa_without_a_url_stops_the_start_and_is_no_policy_for_a_client() {
        Path other = directory.resolve("other");
        RuntimeException refusal =
                assertThrows(RuntimeException.class, () -> TestService.empty(other, "policy.type", "opa"));
        assertEquals("policy.type: opa needs policy.opa.url", refusal.getMessage());
        service = service.restart("policy.type", "require-link", "policy.opa.url", "");
        TestService.Outcome outcome = service.attempt("client", "update", "1_aaa", "--policy", "opa");
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.err().contains("--policy takes allow-all, require-link"), outcome.err());
    }
}
