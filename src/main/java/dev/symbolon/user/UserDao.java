package dev.symbolon.user;

import dev.symbolon.link.AssignmentColumns;
import dev.symbolon.password.Dearest;
import dev.symbolon.store.SqlLookup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The table of users. What kills tokens for good raises {@code epoch}. */
interface UserDao {
    String RESOURCE_OWNER = """
            SELECT u.id, u.username, u.password_hash, u.enabled, u.epoch + COALESCE(p.epoch, 0) AS epoch,
            """ + AssignmentColumns.COLUMNS + """
            FROM users u LEFT JOIN client c ON c.id = :clientId
            """ + AssignmentColumns.JOINS + """
            WHERE (c.id IS NOT NULL OR CAST(:clientId AS VARCHAR) IS NULL) AND
            """;

    @SqlQuery("SELECT id, username, enabled, created_at FROM users WHERE name_key = :nameKey")
    Optional<User> find(byte[] nameKey);

    /** A page in the order in which they were made. */
    @SqlQuery("SELECT id, username, enabled, created_at FROM users WHERE id > :after ORDER BY id LIMIT :most")
    List<User> list(UUID after, int most);

    @SqlQuery("""
            SELECT id, username, password_hash, enabled, created_at FROM users WHERE id > :after ORDER BY id LIMIT :most
            """)
    List<StoredUser> listStored(UUID after, int most);

    /** @param clientId null for the user alone, by no client */
    @SqlLookup(RESOURCE_OWNER + "u.name_key = :nameKey")
    Optional<ResourceOwner> findResourceOwner(byte[] nameKey, @Nullable String clientId, Instant now);

    /** @param clientId null for the user alone, by no client */
    @SqlLookup(RESOURCE_OWNER + "u.id = :id")
    Optional<ResourceOwner> findResourceOwner(UUID id, @Nullable String clientId, Instant now);

    @SqlQuery("SELECT COALESCE(MAX(hash_work), 0) FROM users")
    long dearestHashWork();

    /** A hash of the first scheme after this one. */
    @SqlQuery("SELECT password_hash FROM users WHERE hash_scheme > :scheme ORDER BY hash_scheme LIMIT 1")
    Optional<String> hashAfter(String scheme);

    default Dearest dearest() {
        return Dearest.of(dearestHashWork(), this::hashAfter);
    }

    @SqlUpdate("""
            INSERT INTO users (id, username, name_key, password_hash, hash_work, hash_scheme, enabled, epoch,
                created_at)
            VALUES (:id, :username, :nameKey, :hash, :work, '', TRUE, nextval('epoch'), :now)
            """)
    void insert(UUID id, String username, byte[] nameKey, String hash, long work, Instant now);

    @SqlUpdate("UPDATE users SET enabled = TRUE WHERE id = :id")
    boolean enable(UUID id);

    @SqlUpdate("UPDATE users SET enabled = FALSE, epoch = nextval('epoch') WHERE id = :id")
    boolean disable(UUID id);

    @SqlUpdate("UPDATE users SET epoch = nextval('epoch') WHERE id = :id")
    boolean raiseEpoch(UUID id);

    @SqlUpdate("""
            UPDATE users SET password_hash = :hash, hash_work = :work, hash_scheme = '', epoch = nextval('epoch')
            WHERE id = :id
            """)
    boolean setPassword(UUID id, String hash, long work);

    /** Nothing if the counter is no longer what it was, and so the password may not be either. */
    @SqlUpdate("""
            UPDATE users SET password_hash = :hash, hash_work = :work, hash_scheme = '', epoch = nextval('epoch')
            WHERE id = :id AND enabled AND epoch = :epoch
            """)
    boolean changePassword(UUID id, long epoch, String hash, long work);

    /** The same password at another cost, or hashed by ourselves; nothing if it was changed meanwhile. */
    @SqlUpdate("""
            UPDATE users SET password_hash = :redone, hash_work = :work, hash_scheme = ''
            WHERE id = :id AND password_hash = :hash
            """)
    boolean redoHash(UUID id, String hash, String redone, long work);

    @SqlUpdate("DELETE FROM users WHERE id = :id")
    boolean delete(UUID id);

    @SqlUpdate("DELETE FROM let_through WHERE user_id = :id")
    void deleteLetThrough(UUID id);
}
