package dev.symbolon.ops;

import static dev.symbolon.Refusals.refused;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management listener. */
class HealthTest {
    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.empty(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void a_service_that_runs_is_live_and_ready(String path) {
        Response response = management().get(path);
        assertEquals(200, response.statusCode());
        assertEquals("application/json", response.header("Content-Type"));
        assertEquals("{\"status\":\"up\"}", response.asString());
    }

    @Test
    void a_service_whose_connections_have_all_been_in_use_is_ready(@TempDir Path other) {
        try (TestService small = TestService.start(other, "database.pool-size", "1")) {
            small.login("alice");
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        200,
                        given().port(small.managementPort())
                                .get("/health/ready")
                                .statusCode());
            }
        }
    }

    @Test
    void health_is_on_the_management_listener_alone_and_oauth_on_the_other() {
        assertNotEquals(service.port(), service.managementPort());
        refused(given().port(service.port()).get("/health/ready"), 404, "invalid_request");
        refused(management().post("/oauth/v2/token"), 404, "invalid_request");
        refused(management().get("/"), 404, "invalid_request");
        refused(management().post("/health/live"), 405, "invalid_request");
    }

    private static io.restassured.specification.RequestSpecification management() {
        return given().port(service.managementPort());
    }
}
