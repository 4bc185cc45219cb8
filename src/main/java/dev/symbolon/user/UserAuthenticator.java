package dev.symbolon.user;

import dev.symbolon.attempt.Attempts;
import dev.symbolon.attempt.Origin;
import dev.symbolon.attempt.Subject;
import dev.symbolon.audit.AuditLog;
import dev.symbolon.password.Dearest;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.password.Turn.Part;
import dev.symbolon.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks user names and passwords. An unknown user, a wrong password and a disabled user cannot be told apart, by the
 * answer or by its time. Thread-safe.
 */
public final class UserAuthenticator {
    private final Database database;
    private final PasswordHasher hasher;
    private final Attempts attempts;
    private final boolean discloseDenial;
    private final Clock clock;

    /** @param discloseDenial false: not even the time may tell that the password of a denied user is right */
    public UserAuthenticator(
            Database database, PasswordHasher hasher, Attempts attempts, boolean discloseDenial, Clock clock) {
        this.database = database;
        this.hasher = hasher;
        this.attempts = attempts;
        this.discloseDenial = discloseDenial;
        this.clock = clock;
    }

    /**
     * The user, as the client sees them, if the password is right. They are read before the password is checked, so
     * that the epoch in them is older than whatever happens to the user or the link meanwhile.
     *
     * @param clientId null for none: then the epoch is the user's alone
     */
    public Optional<ResourceOwner> authenticate(
            String username, String password, @Nullable String clientId, Origin origin) {
        Instant now = clock.instant();
        Optional<byte[]> key = Username.key(username);
        Optional<ResourceOwner> found =
                key.flatMap(name -> database.read(UserDao.class, dao -> dao.findResourceOwner(name, clientId, now)));
        String typed = key.map(HexFormat.of()::formatHex).orElse("");
        Subject subject = found.map(user -> Subject.user(user.id(), user.username(), typed))
                .orElseGet(() -> Subject.stranger(typed));
        Optional<ResourceOwner> owner = found.filter(ResourceOwner::enabled);
        List<String> hashes = owner.map(ResourceOwner::passwordHash).stream().toList();
        Dearest dearest = database.read(UserDao.class, UserDao::dearest);
        Optional<String> matched =
                attempts.check(subject, origin, Part.PASSWORDS, password, hashes, dearest, !discloseDenial);
        matched.filter(hasher::isOutdated).ifPresent(hash -> redo(owner.orElseThrow(), password, hash));
        if (matched.isEmpty()) {
            AuditLog.record(
                    "password-refused",
                    "user",
                    owner.map(ResourceOwner::username).orElse(null),
                    "client",
                    clientId);
        }
        return owner.filter(any -> matched.isPresent());
    }

    /** As {@link #authenticate(String, String, String, Origin)}, by themselves and not for any client. */
    public Optional<ResourceOwner> authenticate(String username, String password, Origin origin) {
        return authenticate(username, password, null, origin);
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
