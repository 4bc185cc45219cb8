package dev.symbolon.user;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.link.Locks;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.store.Database;
import dev.symbolon.store.TimeOrderedId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The life of users. Thread-safe; all state is in the database, so what changes here holds from the next request. */
public final class Users {
    private final Database database;
    private final PasswordHasher hasher;
    private final Clock clock;

    public Users(Database database, PasswordHasher hasher, Clock clock) {
        this.database = database;
        this.hasher = hasher;
        this.clock = clock;
    }

    public Optional<User> find(String username) {
        return Username.key(username).flatMap(key -> database.read(UserDao.class, dao -> dao.find(key)));
    }

    /** The user as a client sees them at this moment; empty if there is no user of that name. */
    public Optional<ResourceOwner> asSeenBy(String clientId, String username) {
        Instant now = clock.instant();
        return Username.key(username)
                .flatMap(key -> database.read(UserDao.class, dao -> dao.findResourceOwner(key, clientId, now)));
    }

    /** A page of users in the order in which they were made; {@code after} is null for the first. */
    public List<User> list(@Nullable User after, int most) {
        UUID last = after == null ? new UUID(0, 0) : after.id();
        return database.read(UserDao.class, dao -> dao.list(last, most));
    }

    /** As {@link #list}, with their hashes. */
    public List<StoredUser> stored(@Nullable StoredUser after, int most) {
        UUID last = after == null ? new UUID(0, 0) : after.id();
        return database.read(UserDao.class, dao -> dao.listStored(last, most));
    }

    /**
     * @return empty if there is a user of that name already
     * @throws IllegalArgumentException if the name or the password is impossible
     */
    public Optional<User> create(String username, String password) {
        byte[] nameKey = Username.key(username)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a user name must have 1 to 1,024 characters, none of them a control character"));
        String hash = hasher.hash(password);
        Optional<User> created = database.write(handle -> {
            UserDao dao = handle.attach(UserDao.class);
            if (dao.find(nameKey).isPresent()) {
                return Optional.<User>empty();
            }
            Instant now = clock.instant();
            dao.insert(TimeOrderedId.at(now), username, nameKey, hash, PasswordHasher.work(hash), now);
            return dao.find(nameKey);
        });
        return AuditLog.recordIf(created, "user-created", "user", username);
    }

    public boolean enable(User user) {
        return AuditLog.recordIf(change(dao -> dao.enable(user.id())), "user-enabled", "user", user.username());
    }

    /** Their live tokens, and those in the making, are dead for good. */
    public boolean disable(User user) {
        return AuditLog.recordIf(change(dao -> dao.disable(user.id())), "user-disabled", "user", user.username());
    }

    /**
     * Their live tokens, and those in the making, are dead for good.
     *
     * @throws IllegalArgumentException if the password is impossible, see {@link PasswordHasher#hash}
     */
    public boolean setPassword(User user, String password) {
        String hash = hasher.hash(password);
        boolean set = change(dao -> dao.setPassword(user.id(), hash, PasswordHasher.work(hash)));
        return AuditLog.recordIf(set, "password-set", "user", user.username());
    }

    /**
     * As {@link #setPassword}, by the user, unless what kills their tokens has happened since the old one was proved.
     *
     * @param proved as seen by no client
     * @return the user as they are now
     * @throws IllegalArgumentException if the password is impossible, see {@link PasswordHasher#hash}
     */
    public Optional<ResourceOwner> changePassword(ResourceOwner proved, String password) {
        String hash = hasher.hash(password);
        Optional<ResourceOwner> changed = database.write(handle -> {
            UserDao dao = handle.attach(UserDao.class);
            return dao.changePassword(proved.id(), proved.epoch(), hash, PasswordHasher.work(hash))
                    ? dao.findResourceOwner(proved.id(), null, clock.instant())
                    : Optional.<ResourceOwner>empty();
        });
        return AuditLog.recordIf(changed, "password-changed", "user", proved.username());
    }

    /** Their tokens are dead for good, should the name come back or not: another user of that name is another user. */
    public boolean delete(User user) {
        boolean deleted = database.writeAlone(
                session -> { // a change of a great group may hold the lock for long
                    session.attach(Locks.class).links(); // since theirs go along
                    UserDao dao = session.attach(UserDao.class);
                    dao.deleteLetThrough(user.id());
                    return dao.delete(user.id());
                });
        return AuditLog.recordIf(deleted, "user-deleted", "user", user.username());
    }

    /** Revokes every token of the user. */
    public boolean revokeTokens(User user) {
        return AuditLog.recordIf(change(dao -> dao.raiseEpoch(user.id())), "tokens-revoked", "user", user.username());
    }

    private boolean change(Predicate<UserDao> change) {
        return database.write(handle -> change.test(handle.attach(UserDao.class)));
    }
}
