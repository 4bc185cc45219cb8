package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symbolon.TestService;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has expired is deleted, a part at a time. */
class ExpiryTest {
    private static final Expiry ATTEMPTS = new Expiry("attempt", "expires_at", "subject", "origin");
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final int EXPIRED = 2 * Expiry.BATCH + 1;

    /** A table without references, and with a key of two columns. */
    interface Attempts {
        @SqlBatch("""
                INSERT INTO attempt (subject, origin, failures, failed_at, expires_at)
                VALUES (:subject, :origins, 1, :at, :at)
                """)
        void insert(UUID subject, List<UUID> origins, Instant at);

        @SqlQuery("SELECT COUNT(*) FROM attempt")
        int count();
    }

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void fill() {
        TestService service = TestService.empty(directory);
        service.close();
        database = Database.open(service.config().database());
        UUID subject = UUID.randomUUID();
        insert(subject, EXPIRED - 1, NOW.minusSeconds(1));
        insert(subject, 1, NOW);
        insert(subject, 3, NOW.plusMillis(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void insert(UUID subject, int count, Instant at) {
        List<UUID> origins = Stream.generate(UUID::randomUUID).limit(count).toList();
        database.write(session -> {
            session.attach(Attempts.class).insert(subject, origins, at);
            return true;
        });
    }

    private int left() {
        return database.read(Attempts.class, Attempts::count);
    }

    @Test
    void all_that_has_expired_goes_and_nothing_else() {
        assertEquals(EXPIRED, ATTEMPTS.purge(database, NOW, () -> false));
        assertEquals(3, left());
        assertEquals(0, ATTEMPTS.purge(database, NOW, () -> false));
    }

    @Test
    void the_rest_is_left_when_it_is_enough() {
        assertEquals(Expiry.BATCH, ATTEMPTS.purge(database, NOW, () -> true));
        assertEquals(EXPIRED - Expiry.BATCH + 3, left());
    }
}
