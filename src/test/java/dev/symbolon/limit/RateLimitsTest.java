package dev.symbolon.limit;

import static dev.symbolon.Refusals.refused;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients that have a limit may still do. */
class RateLimitsTest {
    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Response token() {
        return service.token("grant_type", "client_credentials");
    }

    private void issued(int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(200, token().statusCode());
        }
    }

    @Test
    void a_client_beyond_its_limit_is_told_when_to_come_again_and_others_are_served() {
        service.run("client update 1_aaa --rate-limit 2/1m");
        issued(2);
        Response full = token();
        refused(full, 429, "temporarily_unavailable");
        assertEquals("31", full.header("Retry-After"));
        service.introspect("x").then().statusCode(200);
        service.clock.advance(Duration.ofSeconds(31));
        issued(1);
        refused(token(), 429, "temporarily_unavailable");
        String metrics = given().port(service.managementPort()).get("/metrics").asString();
        assertTrue(metrics.contains("outcome=\"rate_limited\""), "told from what is wrong with the service");
        assertFalse(metrics.contains("outcome=\"temporarily_unavailable\""));
    }

    @Test
    void a_clock_that_is_set_back_refuses_nobody_for_longer() {
        service.run("client update 1_aaa --rate-limit 2/1m");
        issued(2);
        service.clock.advance(Duration.ofHours(-1));
        refused(token(), 429, "temporarily_unavailable");
        service.clock.advance(Duration.ofSeconds(31));
        issued(1);
    }

    @Test
    void it_counts_at_every_endpoint_that_the_client_authenticates_at() {
        service.run("client update 2_ccc --rate-limit 1/1h");
        service.introspect("x").then().statusCode(200);
        for (String endpoint : new String[] {"introspect", "revoke", "token", "device_authorization"}) {
            refused(
                    TestService.post("/oauth/v2/" + endpoint, service.as("2_ccc", "ddd"), "token", "x"),
                    429,
                    "temporarily_unavailable");
        }
    }

    @Test
    void what_goes_through_its_doors_counts_as_well() {
        service.run("client update 1_aaa --rate-limit 1/1h");
        service.run("door create app --client 1_aaa");
        issued(1);
        refused(
                TestService.post("/door/app/token", service.form(), "grant_type", "password"),
                429,
                "temporarily_unavailable");
    }

    @Test
    void others_cannot_use_it_up() {
        service.run("client update 1_aaa --rate-limit 1/1h");
        for (int i = 0; i < 3; i++) {
            refused(
                    TestService.post("/oauth/v2/token", service.as("1_aaa", "wrong"), "grant_type", "password"),
                    401,
                    "invalid_client");
        }
        issued(1);
    }

    @Test
    void none_by_default_and_a_change_holds_from_the_next_request() {
        issued(20);
        service.run("client update 1_aaa --rate-limit 1/1h");
        issued(1);
        refused(token(), 429, "temporarily_unavailable");
        service.run("client update 1_aaa --rate-limit default");
        issued(20);
    }

    @Test
    void a_limit_that_is_none_is_refused() {
        for (String limit : new String[] {"0/1m", "5", "5/500ms", "5/2d", "1000000/1s"}) {
            var attempt = service.attempt("client", "update", "1_aaa", "--rate-limit", limit);
            assertEquals(2, attempt.exitCode());
            assertTrue(attempt.err().contains("--rate-limit takes 1 to 999999 requests"), attempt.err());
        }
    }
}
