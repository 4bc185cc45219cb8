package dev.symbolon.consent;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.link.LinkChanges;
import dev.symbolon.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Remembers and forgets consents. Thread-safe; what changes here holds from the next request. */
public final class Consents {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final Database database;
    private final LinkChanges changes;
    private final Clock clock;

    public Consents(Database database, LinkChanges changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    /** Whether the user has agreed to all of these before. */
    public boolean covers(UUID userId, String clientId, Set<String> scopes) {
        return find(userId, clientId)
                .filter(consent -> consent.scopes().containsAll(scopes))
                .isPresent();
    }

    private Optional<Consent> find(UUID userId, String clientId) {
        return database.read(ConsentDao.class, dao -> dao.find(userId, clientId));
    }

    /** Adds these to what the user has agreed to. */
    public void remember(UUID userId, String clientId, Set<String> scopes) {
        database.write(session -> {
            ConsentDao dao = session.attach(ConsentDao.class);
            Set<String> all = new TreeSet<>(scopes);
            dao.find(userId, clientId).ifPresent(consent -> all.addAll(consent.scopes()));
            return dao.update(userId, clientId, all, clock.instant())
                    || dao.insert(userId, clientId, all, clock.instant());
        });
        AuditLog.record("consent-given", "sub", userId, "client", clientId, "scope", String.join(" ", scopes));
    }

    /**
     * Forgets it. What the client holds of the user is dead for good.
     *
     * @return false if there was none
     */
    public boolean revoke(UUID userId, String clientId) {
        boolean done = changes.run(change -> {
            boolean revoked = change.dao(ConsentDao.class).delete(userId, clientId);
            if (revoked) {
                change.kill(userId, clientId);
            }
            return revoked;
        });
        return AuditLog.recordIf(done, "consent-revoked", "sub", userId, "client", clientId);
    }

    /** As {@link #revoke}; what the client holds of the user dies even if there was no consent. */
    public void withdraw(UUID userId, String clientId) {
        changes.runSoon(change -> {
            change.kill(userId, clientId);
            return change.dao(ConsentDao.class).delete(userId, clientId);
        });
        AuditLog.record("consent-withdrawn", "sub", userId, "client", clientId);
    }

    /** Consents in the order in which their users were made; {@code after} is null for the first page. */
    public List<Consent> list(@Nullable UUID userId, @Nullable String clientId, @Nullable Consent after, int most) {
        UUID afterUser = after == null ? FIRST : after.userId();
        UUID from = userId == null ? afterUser : userId;
        UUID to = userId == null ? LAST : userId;
        String afterClient = after == null ? "" : after.clientId();
        return database.read(ConsentDao.class, dao -> dao.list(from, to, clientId, afterUser, afterClient, most));
    }
}
