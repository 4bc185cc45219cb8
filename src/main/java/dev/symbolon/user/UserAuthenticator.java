package dev.symbolon.user;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.password.Dearest;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks user names and passwords. An unknown user, a wrong password and a disabled user cannot be told apart, by the
 * answer or by its time. Thread-safe.
 */
public final class UserAuthenticator {
    /** No client has it as its id. */
    public static final String NO_CLIENT = "";

    private final Database database;
    private final PasswordHasher hasher;
    private final boolean discloseDenial;
    private final Clock clock;

    /** @param discloseDenial false: not even the time may tell that the password of a denied user is right */
    public UserAuthenticator(Database database, PasswordHasher hasher, boolean discloseDenial, Clock clock) {
        this.database = database;
        this.hasher = hasher;
        this.discloseDenial = discloseDenial;
        this.clock = clock;
    }

    /**
     * The user, as the client sees them, if the password is right. They are read before the password is checked, so
     * that the epoch in them is older than whatever happens to the user or the link meanwhile.
     *
     * @param clientId null for none: then the epoch is the user's alone
     */
    public Optional<ResourceOwner> authenticate(String username, String password, @Nullable String clientId) {
        Instant now = clock.instant();
        Optional<ResourceOwner> owner = Username.key(username)
                .flatMap(name -> database.read(UserDao.class, dao -> dao.findResourceOwner(name, clientId, now)))
                .filter(ResourceOwner::enabled);
        List<String> hashes = owner.map(ResourceOwner::passwordHash).stream().toList();
        Dearest dearest = database.read(UserDao.class, UserDao::dearest);
        Optional<String> matched = hasher.verify(password, hashes, dearest, !discloseDenial);
        matched.filter(hasher::isOutdated).ifPresent(hash -> redo(owner.orElseThrow(), password, hash));
        if (matched.isEmpty()) {
            AuditLog.record(
                    "password-refused",
                    "user",
                    owner.map(ResourceOwner::username).orElse(null),
                    "client",
                    clientId);
        }
        return owner.filter(found -> matched.isPresent());
    }

    /** As {@link #authenticate(String, String, String)}, by themselves and not for any client. */
    public Optional<ResourceOwner> authenticate(String username, String password) {
        return authenticate(username, password, null);
    }

    /** The user, as the client sees them, who has proved before who they are; empty if they are disabled or gone. */
    public Optional<ResourceOwner> find(UUID id, String clientId) {
        Instant now = clock.instant();
        return database.read(UserDao.class, dao -> dao.findResourceOwner(id, clientId, now))
                .filter(ResourceOwner::enabled);
    }

    private void redo(ResourceOwner owner, String password, String hash) {
        hasher.rehash(
                password,
                redone -> database.write(handle ->
                        handle.attach(UserDao.class).redoHash(owner.id(), hash, redone, PasswordHasher.work(redone))));
    }
}
