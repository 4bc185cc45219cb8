package dev.symbolon.client;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.store.Database;
import dev.symbolon.store.GroupRead;
import dev.symbolon.store.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The life of clients. Thread-safe; all state is in the database, so what changes here holds from the next request. */
public final class Clients {
    private final Database database;
    private final PasswordHasher hasher;
    private final Clock clock;
    private final GroupRead<String, Client> rows;

    public Clients(Database database, PasswordHasher hasher, Clock clock) {
        this.database = database;
        this.hasher = hasher;
        this.clock = clock;
        this.rows = database.groupRead(ClientDao.class, ClientDao::find, Client::id);
    }

    public Optional<Client> find(String id) {
        return ClientId.isPossible(id) ? rows.find(id) : Optional.empty();
    }

    /** Whether pages of an enabled public client come from there; {@code origin} is as browsers write it. */
    public boolean haveOrigin(String origin) {
        return database.read(ClientDao.class, dao -> dao.hasOrigin(origin));
    }

    /** A page of clients in the order of their ids. */
    public List<Client> list(String after, int most) {
        return database.read(ClientDao.class, dao -> dao.list(after, most));
    }

    /**
     * Registers a client.
     *
     * @param secret null for a public client
     * @return false if there is one of that id already
     * @throws IllegalArgumentException if the secret is impossible, see {@link PasswordHasher#hash}
     */
    public boolean create(ClientSettings settings, String id, boolean isPublic, @Nullable String secret) {
        String hash = secret == null ? null : hasher.hash(secret);
        long work = hash == null ? 0 : PasswordHasher.work(hash);
        Client client = settings.toClient(id, isPublic, hash, work, clock.instant());
        boolean created = database.write(session -> insert(session, client));
        return AuditLog.recordIf(created, "client-created", "client", id);
    }

    /** Registers a client as part of a greater change; false if there is one of that id already. */
    public static boolean insert(Session session, Client client) {
        ClientDao dao = session.attach(ClientDao.class);
        boolean free = dao.find(List.of(client.id())).isEmpty();
        if (free) {
            dao.insert(client);
            dao.insertOrigins(client.id(), client.origins());
        }
        return free;
    }

    /**
     * Kills nothing; scopes that the client loses are lost to the tokens it has.
     *
     * @param client as it was when the settings were made of it
     * @return false if it is gone, or was changed since: what somebody else has changed is not to be undone
     */
    public boolean update(Client client, ClientSettings settings) {
        Client updated = settings.toClient(client.id(), client.isPublic(), null, 0, client.createdAt());
        boolean changed = change(dao -> {
            boolean done = isUnchanged(dao, client) && dao.update(updated);
            if (done) {
                dao.deleteOrigins(client.id());
                dao.insertOrigins(client.id(), updated.origins());
            }
            return done;
        });
        return AuditLog.recordIf(changed, "client-updated", "client", client.id());
    }

    private static boolean isUnchanged(ClientDao dao, Client client) {
        return dao.lock(client.id()).filter(client::equals).isPresent();
    }

    public boolean enable(String id) {
        return AuditLog.recordIf(change(dao -> dao.setEnabled(id, true)), "client-enabled", "client", id);
    }

    /** Its live tokens, and those in the making, are dead for good. */
    public boolean disable(String id) {
        return AuditLog.recordIf(
                change(dao -> dao.setEnabled(id, false) && dao.raiseEpoch(id)), "client-disabled", "client", id);
    }

    /** Its tokens are dead for good, should the id come back or not. */
    public boolean delete(String id) {
        boolean deleted = database.writeAlone(
                session -> { // there may be very many links and consents
                    ClientDao dao = session.attach(ClientDao.class);
                    dao.deleteLetThrough(id);
                    return dao.delete(id);
                });
        return AuditLog.recordIf(deleted, "client-deleted", "client", id);
    }

    /** Revokes every token of the client. */
    public boolean revokeTokens(String id) {
        return AuditLog.recordIf(change(dao -> dao.raiseEpoch(id)), "tokens-revoked", "client", id);
    }

    /**
     * Gives the client another secret.
     *
     * @param keepOld how long the present one works beside it; zero: no longer
     * @return false if there is no such confidential client, or it was changed since
     */
    public boolean rotateSecret(Client client, String secret, Duration keepOld) {
        String hash = hasher.hash(secret);
        String kept = keepOld.isZero() ? null : client.secretHash();
        Instant until = kept == null ? null : clock.instant().plus(keepOld);
        long work = PasswordHasher.work(hash) + (kept == null ? 0 : PasswordHasher.work(kept));
        boolean done = change(dao -> isUnchanged(dao, client)
                && dao.setSecret(client.id(), hash, work, Client.hashScheme(hash, kept), kept, until));
        return AuditLog.recordIf(done, "secret-rotated", "client", client.id(), "old-works-until", until);
    }

    private boolean change(Predicate<ClientDao> change) {
        return database.write(handle -> change.test(handle.attach(ClientDao.class)));
    }
}
