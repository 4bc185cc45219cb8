package dev.symbolon.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.symbolon.http.Json;
import dev.symbolon.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what commands did that worked on the database by themselves into the log of a service, since nobody keeps what
 * a command writes. Thread-safe.
 */
public final class AuditHandover {
    private static final Logger LOG = LoggerFactory.getLogger(AuditHandover.class);
    private static final int MOST_AT_ONCE = 500;

    /**
     * @param id by which the database orders them; 0 before it does
     * @param details names and values, as a JSON object
     */
    public record Event(long id, Instant happenedAt, String name, String details) {}

    private final Database database;
    private final Clock clock;

    public AuditHandover(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Runs a command on this thread, and keeps what it records for a service. */
    public void during(Runnable command) {
        AuditLog.divert(this::keep, command);
    }

    /** What was done is done: that it cannot be kept must not look as if it were not. */
    private void keep(String name, Map<String, String> details) {
        try {
            var event = new Event(0, clock.instant(), name, Json.MAPPER.writeValueAsString(details));
            database.write(session -> {
                session.attach(AuditEventDao.class).insert(event);
                return true;
            });
        } catch (JsonProcessingException | JdbiException e) {
            LOG.warn("{} {} is not on record: {}", name, details, e.getMessage());
        }
    }

    /** Logs what commands have left, with the time at which it happened. Of several instances one logs an event, once. */
    public void log() {
        List<Event> events = database.read(AuditEventDao.class, dao -> dao.oldest(MOST_AT_ONCE));
        if (!events.isEmpty()) {
            int[] claimed = database.write(
                    session -> session.attach(AuditEventDao.class).delete(events));
            IntStream.range(0, claimed.length)
                    .filter(i -> claimed[i] == 1)
                    .mapToObj(events::get)
                    .forEach(AuditHandover::log);
        }
    }

    private static void log(Event event) {
        List<Object> details = new ArrayList<>();
        try {
            Json.MAPPER
                    .readValue(event.details(), new TypeReference<Map<String, String>>() {})
                    .forEach((name, value) -> details.addAll(List.of(name, value)));
        } catch (JsonProcessingException e) {
            details.addAll(List.of("details", "unreadable"));
        }
        details.addAll(List.of("command-at", event.happenedAt()));
        AuditLog.record(event.name(), details.toArray());
    }
}
