package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestDatabase;
import dev.symbolon.TestService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When summer time ends, an hour of local time comes twice; instants in the database are not local. */
class SummerTimeTest {
    private static final Instant IN_THE_HOUR_THAT_COMES_TWICE = Instant.parse("2026-10-25T00:30:00Z");

    @TempDir
    Path directory;

    @Test
    void a_token_issued_while_summer_time_ends_lives_for_its_whole_lifetime() {
        TestDatabase database = TestDatabase.current();
        String url = database.fresh(directory).get("database.url") + database.inZone("Europe/Berlin");
        try (TestService service = TestService.start(directory, "database.url", url)) {
            service.clock.advance(Duration.between(service.clock.instant(), IN_THE_HOUR_THAT_COMES_TWICE));
            String token = service.token("grant_type", "client_credentials").path("access_token");
            assertTrue(service.isActive(token));
            service.clock.advance(Duration.ofSeconds(3599));
            assertTrue(service.isActive(token));
            service.clock.advance(Duration.ofSeconds(1));
            assertFalse(service.isActive(token));
        }
    }
}
