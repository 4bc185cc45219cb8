package dev.symbolon.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Once the grace is over, nothing is left from which successors could be derived again. */
class RotationErasureTest {
    interface Rotations {
        @SqlQuery("SELECT COUNT(*) FROM rotation")
        int count();
    }

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory, "token.refresh-grace", "10s");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private int left() {
        service.close();
        try (Database database = Database.open(service.config().database())) {
            return database.read(Rotations.class, Rotations::count);
        }
    }

    private Granted refreshed() {
        return Granted.by(service.refresh(service.login("alice").refresh()));
    }

    @Test
    void a_rotation_is_erased_at_the_very_end_of_its_grace_and_a_later_one_is_not() {
        refreshed();
        service.clock.advance(Duration.ofSeconds(1));
        refreshed();
        service.clock.advance(Duration.ofSeconds(9));
        service.run("token purge");
        assertEquals(1, left());
    }

    @Test
    void a_rotation_is_erased_when_its_successor_is_used() {
        service.refresh(refreshed().refresh());
        assertEquals(1, left(), "that of the successor itself");
    }

    @Test
    void a_grace_that_was_given_is_kept_when_a_shorter_one_is_configured() {
        Granted first = service.login("alice");
        Granted second = Granted.by(service.refresh(first.refresh()));
        service = service.restart("token.refresh-grace", "1s");
        service.clock.advance(Duration.ofSeconds(9));
        service.run("token purge");
        assertEquals(
                second.refresh(), Granted.by(service.refresh(first.refresh())).refresh());
    }
}
