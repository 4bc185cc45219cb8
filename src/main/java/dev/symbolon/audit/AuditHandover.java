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

/**
 * Brings what commands did that worked on the database by themselves into the log of a service, since nobody keeps what
 * a command writes. Thread-safe.
 */
public final class AuditHandover {
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

    /** Runs a command, and keeps what it records for a service: also what it did before it failed. */
    public void during(Runnable command) {
        List<Event> events = new ArrayList<>();
        try {
            AuditLog.divert((name, details) -> events.add(event(name, details)), command);
        } finally {
            if (!events.isEmpty()) {
                database.write(session -> {
                    session.attach(AuditEventDao.class).insert(events);
                    return true;
                });
            }
        }
    }

    private Event event(String name, Map<String, Object> details) {
        try {
            return new Event(0, clock.instant(), name, Json.MAPPER.writeValueAsString(details));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and texts are JSON", e);
        }
    }

    /**
     * Logs what commands have left, with the time at which it happened. To be done by one instance at a time; what it has
     * logged when it dies, another logs again.
     */
    public void log() {
        List<Event> events = database.read(AuditEventDao.class, dao -> dao.oldest(MOST_AT_ONCE));
        if (!events.isEmpty()) {
            events.forEach(AuditHandover::log);
            database.write(session -> {
                session.attach(AuditEventDao.class).delete(events);
                return true;
            });
        }
    }

    private static void log(Event event) {
        List<Object> details = new ArrayList<>();
        try {
            Json.MAPPER
                    .readValue(event.details(), new TypeReference<Map<String, Object>>() {})
                    .forEach((name, value) -> details.addAll(List.of(name, value)));
        } catch (JsonProcessingException e) {
            details.addAll(List.of("details", "unreadable"));
        }
        details.addAll(List.of("command-at", event.happenedAt()));
        AuditLog.record(event.name(), details.toArray());
    }
}
