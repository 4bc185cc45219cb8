package dev.symbolon.session;

import dev.symbolon.store.Expiry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The table of sessions. One whose user was disabled, is gone or has another password is not found. */
interface BrowserSessionDao {
    Expiry EXPIRED = new Expiry("browser_session", "idle_until", "id");

    String ALIVE = """
            SELECT s.id, s.user_id, u.username, s.started_at, s.idle_until, s.expires_at
            FROM browser_session s
            JOIN users u ON u.id = s.user_id AND u.enabled AND u.epoch = s.user_epoch
            WHERE s.idle_until > :now
            """;

    @SqlQuery(ALIVE + "AND s.hash = :hash")
    Optional<BrowserSession> find(byte[] hash, Instant now);

    @SqlQuery(ALIVE + "AND s.id = :id")
    Optional<BrowserSession> find(UUID id, Instant now);

    /** A page in the order in which they began. */
    @SqlQuery(ALIVE + "AND s.id > :after ORDER BY s.id LIMIT :most")
    List<BrowserSession> list(UUID after, Instant now, int most);

    /** As {@link #list}, of one user: by itself, so that no other's are read. */
    @SqlQuery(ALIVE + "AND s.user_id = :userId AND s.id > :after ORDER BY s.id LIMIT :most")
    List<BrowserSession> listOf(UUID userId, UUID after, Instant now, int most);

    /** Nothing if a counter is no longer what it was: since none ever shrinks, an equal sum means equal counters. */
    @SqlUpdate("""
            INSERT INTO browser_session (id, hash, user_id, user_epoch, started_at, idle_until, expires_at)
            SELECT CAST(:id AS UUID), CAST(:hash AS BYTEA), u.id, u.epoch, CAST(:now AS TIMESTAMP WITH TIME ZONE),
                CAST(:idleUntil AS TIMESTAMP WITH TIME ZONE), CAST(:expiresAt AS TIMESTAMP WITH TIME ZONE)
            FROM users u
            LEFT JOIN pair_epoch p ON p.user_id = u.id AND p.client_id = :clientId
            WHERE u.id = :userId AND u.enabled AND u.epoch + COALESCE(p.epoch, 0) = :epoch
            """)
    boolean insert(
            UUID id,
            byte[] hash,
            UUID userId,
            @Nullable String clientId,
            long epoch,
            Instant now,
            Instant idleUntil,
            Instant expiresAt);

    @SqlUpdate("UPDATE browser_session SET idle_until = :idleUntil WHERE id = :id AND idle_until < :idleUntil")
    boolean touch(UUID id, Instant idleUntil);

    @SqlUpdate("DELETE FROM browser_session WHERE id = :id")
    boolean delete(UUID id);

    @SqlUpdate("DELETE FROM browser_session WHERE user_id = :userId AND id = :id")
    boolean delete(UUID userId, UUID id);

    @SqlUpdate("DELETE FROM browser_session WHERE user_id = :userId AND id <> :kept")
    int deleteOthers(UUID userId, UUID kept);

    @SqlUpdate("DELETE FROM browser_session WHERE user_id = :userId")
    int deleteOf(UUID userId);
}
