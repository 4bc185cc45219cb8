package dev.symbolon.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestClock;
import dev.symbolon.TestService;
import dev.symbolon.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of all who ask for a lease one has it, for as long as it asks in time. */
class LeaseTest {
    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private Database database;

    @BeforeEach
    void open() {
        TestService service = TestService.empty(directory);
        service.close();
        database = Database.open(service.config().database());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Lease lease() {
        return new Lease(database, "job", UUID.randomUUID(), Duration.ofMinutes(3), clock);
    }

    @Test
    void one_holds_it_while_it_asks_in_time_and_then_another_may() {
        Lease one = lease();
        Lease other = lease();
        for (int minute = 0; minute < 10; minute++) {
            assertTrue(one.hold());
            assertFalse(other.hold());
            clock.advance(Duration.ofMinutes(1));
        }
        clock.advance(Duration.ofMinutes(3));
        assertTrue(other.hold());
        assertFalse(one.hold());
    }

    @Test
    void one_that_was_taken_by_a_clock_far_ahead_is_free_again_when_the_clock_is_right() {
        clock.advance(Duration.ofDays(365));
        assertTrue(lease().hold());
        clock.advance(Duration.ofDays(-365));
        assertTrue(lease().hold());
        assertFalse(lease().hold());
    }

    @Test
    void it_is_free_at_once_when_it_is_given_up_by_its_holder_alone() {
        Lease one = lease();
        Lease other = lease();
        assertTrue(one.hold());
        other.release();
        assertFalse(other.hold());
        one.release();
        assertTrue(other.hold());
    }

    @Test
    void of_many_who_ask_at_once_one_gets_it_and_jobs_are_apart() {
        List<CompletableFuture<Boolean>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(CompletableFuture.supplyAsync(lease()::hold));
        }
        assertEquals(1, asked.stream().filter(CompletableFuture::join).count());
        assertTrue(new Lease(database, "another", UUID.randomUUID(), Duration.ofMinutes(3), clock).hold());
    }
}
