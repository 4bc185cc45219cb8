package dev.symbolon.ops;

import static dev.symbolon.TestService.post;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.TestService;
import dev.symbolon.http.Json;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code /metrics}, and what is made of it in {@code config/}. */
class MetricsTest {
    private static final Pattern SERIES =
            Pattern.compile("\\b((?:symbolon|hikaricp|jvm|process|system)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(=~?|!~?)\"([^\"]*)\"");

    @TempDir
    Path directory;

    TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void requests_are_counted_and_timed_by_route_and_outcome() {
        service.login("alice");
        service.login("alice");
        service.password("bob");
        service.raw("grant_type=password");
        service.form().get("/some/path/that/is/none");
        String token = service.login("alice").access();
        service.introspect(token);
        service.revoke(token);
        service.introspect(token);
        assertSample(3, "symbolon_http_requests_seconds_count", "endpoint=\"/oauth/v2/token\",outcome=\"success\"");
        assertSample(
                1, "symbolon_http_requests_seconds_count", "endpoint=\"/oauth/v2/token\",outcome=\"invalid_grant\"");
        assertSample(
                1, "symbolon_http_requests_seconds_count", "endpoint=\"/oauth/v2/token\",outcome=\"invalid_client\"");
        assertSample(1, "symbolon_http_requests_seconds_count", "endpoint=\"/oauth/v2/introspect\",outcome=\"active\"");
        assertSample(
                1, "symbolon_http_requests_seconds_count", "endpoint=\"/oauth/v2/introspect\",outcome=\"inactive\"");
        assertSample(1, "symbolon_http_requests_seconds_count", "endpoint=\"none\",outcome=\"invalid_request\"");
        assertSample(
                3,
                "symbolon_http_requests_seconds_bucket",
                "endpoint=\"/oauth/v2/token\",outcome=\"success\",le=\"+Inf\"");
        assertFalse(scrape().contains("/some/path"));
    }

    @Test
    void tokens_are_counted_by_grant() {
        service.token("grant_type", "client_credentials");
        service.refresh(service.login("alice").refresh());
        service.password("bob");
        for (String grant : List.of("client_credentials", "password", "refresh_token")) {
            assertSample(1, "symbolon_tokens_issued_total", "grant=\"" + grant + "\"");
        }
    }

    @Test
    void decisions_are_counted_by_client_moment_and_outcome_and_denials_by_reason() {
        service.password("bob");
        service.introspect(service.login("alice").access());
        service.run("client update 1_aaa --policy-mode audit");
        service.introspect(service.login("bob").access());
        String client = "client=\"1_aaa\",moment=";
        assertSample(1, "symbolon_policy_decisions_total", client + "\"issue\",outcome=\"deny\"");
        assertSample(1, "symbolon_policy_decisions_total", client + "\"introspect\",outcome=\"allow\"");
        assertSample(1, "symbolon_policy_decisions_total", client + "\"introspect\",outcome=\"let-through\"");
        assertSample(
                1, "symbolon_policy_denials_total", "outcome=\"deny\",reason=\"user is not linked to this client\"");
    }

    @Test
    void however_many_clients_and_paths_there_are_series_stay_few() {
        for (int i = 0; i <= Metrics.MOST_CLIENTS; i++) {
            service.run("client create --id c" + i + " --name C --secret s --grant client_credentials");
            Response answer = post("/oauth/v2/token", service.as("c" + i, "s"), "grant_type", "client_credentials");
            assertEquals(200, answer.statusCode());
            service.form().get("/path/" + i);
        }
        Set<String> clients = Pattern.compile("symbolon_policy_decisions_total\\{client=\"([^\"]*)\"")
                .matcher(scrape())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertEquals(Metrics.MOST_CLIENTS + 1, clients.size());
        assertTrue(clients.contains(BoundedTag.OTHER));
    }

    @Test
    void every_series_that_the_dashboard_and_the_alerts_ask_for_is_exported_with_those_labels() throws Exception {
        service.login("alice");
        service.password("bob");
        service.introspect("unknown");
        List<String> queries = new ArrayList<>(dashboard());
        queries.addAll(alerts());
        assertTrue(queries.size() > 20, "they are read");
        String exported = scrape();
        for (String query : queries) {
            Matcher series = SERIES.matcher(query);
            assertTrue(series.find(), () -> "no series of ours in " + query);
            do {
                List<String> samples = exported.lines()
                        .filter(line -> line.matches(Pattern.quote(series.group(1)) + "[{ ].*"))
                        .toList();
                assertFalse(samples.isEmpty(), () -> series.group(1) + " is not exported: " + query);
                String labels = series.group(2) == null ? "" : series.group(2);
                LABEL.matcher(labels)
                        .results()
                        .map(match -> match.group(1))
                        .forEach(label -> assertTrue(
                                label.equals("instance")
                                        || label.equals("job")
                                        || samples.stream()
                                                .anyMatch(sample -> sample.matches(".*[{,]" + label + "=.*")),
                                () -> series.group(1) + " has no label " + label + ": " + query));
            } while (series.find());
        }
    }

    private static List<String> dashboard() throws IOException {
        JsonNode root = Json.MAPPER.readTree(Files.readString(Path.of("config/grafana-dashboard.json")));
        return root.findValuesAsText("expr");
    }

    private static List<String> alerts() throws IOException {
        Object root = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("config/prometheus-alerts.yaml")));
        return Json.MAPPER.valueToTree(root).findValuesAsText("expr");
    }

    @Test
    void databases_queues_purges_and_the_jvm_are_there_too() {
        service.login("alice");
        String exported = scrape();
        for (String name : List.of(
                "symbolon_bcrypt_queue",
                "symbolon_bcrypt_seconds_bucket",
                "symbolon_bcrypt_wait_seconds_bucket",
                "symbolon_write_queue",
                "symbolon_write_seconds_bucket",
                "symbolon_write_batch_bucket",
                "symbolon_purge_seconds_count",
                "symbolon_purge_tokens_total",
                "symbolon_log_dropped_total",
                "hikaricp_connections_active",
                "hikaricp_connections_acquire_seconds_count",
                "jvm_memory_used_bytes",
                "jvm_threads_live_threads",
                "process_cpu_usage",
                "process_files_open_files",
                "process_uptime_seconds")) {
            assertTrue(exported.lines().anyMatch(line -> line.startsWith(name)), name);
        }
    }

    private String scrape() {
        Response response = given().port(service.managementPort()).get("/metrics");
        assertEquals(200, response.statusCode());
        assertTrue(response.contentType().startsWith("text/plain; version=0.0.4"), response.contentType());
        return response.asString();
    }

    private void assertSample(double value, String name, String labels) {
        String exported = scrape();
        assertTrue(
                exported.contains(name + "{" + labels + "} " + value + "\n")
                        || exported.contains(name + "{" + labels + "} " + (long) value + "\n"),
                () -> name + " " + labels + " in\n"
                        + exported.lines().filter(line -> line.startsWith(name)).toList());
    }
}
