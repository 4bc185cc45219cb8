package dev.symbolon.session;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.config.Config;
import dev.symbolon.store.Database;
import dev.symbolon.store.TimeOrderedId;
import dev.symbolon.user.ResourceOwner;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Begins, finds and ends sessions. Thread-safe; all state is in the database, so one that is ended is out at once. */
public final class BrowserSessions {
    /** A session is written when so much of its idle time has passed, not at each request. */
    private static final int TOUCHES_PER_IDLE_TIME = 10;

    private final Database database;
    private final Config.Session lifetimes;
    private final Clock clock;

    public BrowserSessions(Database database, Config.Session lifetimes, Clock clock) {
        this.database = database;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    /**
     * Begins a session of a user whose password has just been checked.
     *
     * @param owner read before the password was checked, as seen by the client, if there is one
     * @return false if what kills the user's tokens happened meanwhile
     */
    boolean begin(CookieSecret secret, ResourceOwner owner, @Nullable String clientId) {
        Instant now = clock.instant();
        Instant expiresAt = now.plus(lifetimes.absoluteTtl());
        return database.write(session -> session.attach(BrowserSessionDao.class)
                .insert(
                        TimeOrderedId.at(now),
                        secret.hash(),
                        owner.id(),
                        clientId,
                        owner.epoch(),
                        now,
                        idleUntil(now, expiresAt),
                        expiresAt));
    }

    /** The session of that secret, whose idle time starts anew. */
    Optional<BrowserSession> resume(CookieSecret secret) {
        Instant now = clock.instant();
        Optional<BrowserSession> found = database.read(BrowserSessionDao.class, dao -> dao.find(secret.hash(), now));
        found.ifPresent(session -> touch(session, now));
        return found;
    }

    private void touch(BrowserSession session, Instant now) {
        Instant idleUntil = idleUntil(now, session.expiresAt());
        Instant worthIt = session.idleUntil().plus(lifetimes.idleTtl().dividedBy(TOUCHES_PER_IDLE_TIME));
        if (!idleUntil.isBefore(worthIt)) {
            database.write(open -> open.attach(BrowserSessionDao.class).touch(session.id(), idleUntil));
        }
    }

    private Instant idleUntil(Instant now, Instant expiresAt) {
        Instant idleUntil = now.plus(lifetimes.idleTtl());
        return idleUntil.isBefore(expiresAt) ? idleUntil : expiresAt;
    }

    /** Whether it has not ended meanwhile. */
    public boolean isAlive(BrowserSession session) {
        return find(session.id()).isPresent();
    }

    public Optional<BrowserSession> find(UUID id) {
        return database.read(BrowserSessionDao.class, dao -> dao.find(id, clock.instant()));
    }

    /** A page of those that are alive, in the order in which they began. */
    public List<BrowserSession> list(UUID after, @Nullable UUID userId, int most) {
        Instant now = clock.instant();
        return database.read(
                BrowserSessionDao.class,
                dao -> userId == null ? dao.list(after, now, most) : dao.listOf(userId, after, now, most));
    }

    /** @return false if there is none any more */
    public boolean end(UUID id) {
        boolean ended = database.write(
                session -> session.attach(BrowserSessionDao.class).delete(id));
        return AuditLog.recordIf(ended, "session-ended", "session", id);
    }

    /** Ends one of the user's; nothing if it is somebody else's. */
    public void end(UUID userId, UUID id) {
        boolean ended = database.write(
                session -> session.attach(BrowserSessionDao.class).delete(userId, id));
        AuditLog.recordIf(ended, "session-ended", "session", id, "sub", userId);
    }

    public void endOthers(BrowserSession kept) {
        database.write(session -> session.attach(BrowserSessionDao.class).deleteOthers(kept.userId(), kept.id()));
        AuditLog.record("sessions-ended", "user", kept.username(), "kept", kept.id());
    }

    /** @return how many there were */
    public int endAllOf(UUID userId) {
        int ended = database.write(
                session -> session.attach(BrowserSessionDao.class).deleteOf(userId));
        AuditLog.record("sessions-ended", "sub", userId);
        return ended;
    }

    /**
     * Deletes what has expired, in small transactions.
     *
     * @param enough asked between them whether to leave the rest to another time
     */
    public void purge(BooleanSupplier enough) {
        BrowserSessionDao.EXPIRED.purge(database, clock.instant(), enough);
    }
}
