package dev.symbolon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The samples for containers fit the service and the image. */
@Tag("no-database")
class DeploymentTest {
    @Test
    void kubernetes_runs_two_instances_read_only_and_without_privileges() throws IOException {
        JsonNode deployment = kubernetes("Deployment").get("spec");
        assertEquals(2, deployment.get("replicas").intValue());
        JsonNode pod = deployment.get("template").get("spec");
        assertFalse(pod.get("enableServiceLinks").booleanValue());
        assertTrue(pod.get("securityContext").get("runAsNonRoot").booleanValue());
        JsonNode container = pod.get("containers").get(0);
        JsonNode security = container.get("securityContext");
        assertTrue(security.get("readOnlyRootFilesystem").booleanValue());
        assertFalse(security.get("allowPrivilegeEscalation").booleanValue());
        assertEquals("[\"ALL\"]", security.get("capabilities").get("drop").toString());
        assertTrue(container.get("resources").get("limits").has("memory"));
        assertTrue(Files.readString(Path.of("Dockerfile"))
                .contains("USER " + pod.get("securityContext").get("runAsUser").intValue() + ":"));
        List<String> names = new ArrayList<>();
        container.get("env").forEach(variable -> names.add(variable.get("name").textValue()));
        assertSettings(names, "kubernetes.yaml");
    }

    @Test
    void kubernetes_asks_the_management_listener_and_leaves_time_to_stop() throws IOException {
        JsonNode template = kubernetes("Deployment").get("spec").get("template");
        JsonNode pod = template.get("spec");
        JsonNode container = pod.get("containers").get(0);
        Map<String, Integer> ports = new HashMap<>();
        container
                .get("ports")
                .forEach(port -> ports.put(
                        port.get("name").textValue(), port.get("containerPort").intValue()));
        assertEquals(
                Map.of("http", 8080, "management", 8081),
                ports,
                "as " + Settings.HTTP_PORT.fallback() + " and " + Settings.MANAGEMENT_PORT.fallback());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container.get(probe).get("httpGet");
            assertEquals("management", get.get("port").textValue());
            assertEquals(
                    probe.equals("readinessProbe") ? "/health/ready" : "/health/live",
                    get.get("path").textValue());
        }
        long stop = Settings.HTTP_SHUTDOWN_TIMEOUT
                .parse(Settings.HTTP_SHUTDOWN_TIMEOUT.fallback())
                .orElse(Duration.ZERO)
                .toSeconds();
        assertTrue(pod.get("terminationGracePeriodSeconds").longValue() > stop + 5 + 5, "preStop, and what is past it");
        JsonNode service = kubernetes("Service").get("spec");
        assertEquals(
                template.get("metadata").get("labels"), service.get("selector"), "the Service finds the instances");
        assertEquals("http", service.get("ports").get(0).get("targetPort").textValue());
    }

    @Test
    void compose_runs_read_only_on_postgresql() throws IOException {
        JsonNode services = documents("docker-compose.yaml").get(0).get("services");
        JsonNode symbolon = services.get("symbolon");
        assertTrue(symbolon.get("read_only").booleanValue());
        assertEquals("[\"127.0.0.1:8080:8080\"]", symbolon.get("ports").toString(), "and not the management listener");
        List<String> names = new ArrayList<>();
        symbolon.get("environment").fieldNames().forEachRemaining(names::add);
        assertSettings(names, "docker-compose.yaml");
        assertTrue(services.has("postgres"));
    }

    private static void assertSettings(List<String> variables, String file) {
        assertFalse(variables.isEmpty());
        List<String> known = Settings.ALL.stream().map(Setting::variable).toList();
        variables.forEach(variable -> assertTrue(known.contains(variable), variable + " in " + file));
    }

    private static JsonNode kubernetes(String kind) throws IOException {
        return documents("kubernetes.yaml").stream()
                .filter(document -> document.get("kind").textValue().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> documents(String file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(Path.of("config", file)))
                .forEach(document -> documents.add(Json.MAPPER.valueToTree(document)));
        return documents;
    }
}
