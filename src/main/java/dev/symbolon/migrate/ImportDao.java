package dev.symbolon.migrate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * What an import writes: many rows a statement, and only those that are not there yet. What it makes has the counter
 * that was drawn for it, which tells it from what was there before.
 */
interface ImportDao {
    @SqlQuery("SELECT nextval('epoch')")
    long nextEpoch();

    @SqlBatch("""
            INSERT INTO users (id, username, name_key, password_hash, hash_work, hash_scheme, enabled, epoch, created_at)
            SELECT :id, :username, :nameKey, :passwordHash, :hashWork, :hashScheme, CAST(:enabled AS BOOLEAN), :epoch,
                CAST(:createdAt AS TIMESTAMP WITH TIME ZONE)
            WHERE NOT EXISTS (SELECT 1 FROM users WHERE name_key = :nameKey)
                AND NOT EXISTS (SELECT 1 FROM users WHERE id = :id)
            """)
    int[] insertUsers(@BindMethods List<ImportedUser> users, long epoch);

    /**
     * A user who was deleted comes back under the same id, without the counters of the pairs: what died with them is not to
     * live again by a sum that happens to be the same.
     */
    @SqlBatch("DELETE FROM token WHERE user_id = :id")
    void deleteTokens(@BindMethods List<ImportedUser> users);

    /** As {@link #deleteTokens}, of all users that this import made: there is no index by the user. */
    @SqlUpdate("""
            DELETE FROM authorization_code
            WHERE kept_until > :now
                AND EXISTS (SELECT 1 FROM users u WHERE u.id = authorization_code.user_id AND u.epoch = :epoch)
            """)
    void deleteCodes(long epoch, Instant now);

    /** As {@link #deleteCodes}. */
    @SqlUpdate("""
            DELETE FROM device_code
            WHERE expires_at > :now
                AND EXISTS (SELECT 1 FROM users u WHERE u.id = device_code.user_id AND u.epoch = :epoch)
            """)
    void deleteDeviceCodes(long epoch, Instant now);

    /** Whether this import made the user. */
    @SqlQuery("SELECT COUNT(*) > 0 FROM users WHERE name_key = :nameKey AND epoch = :epoch")
    boolean isNewUser(byte[] nameKey, long epoch);

    @SqlQuery("SELECT COUNT(*) > 0 FROM users WHERE name_key = :nameKey")
    boolean isUser(byte[] nameKey);

    @SqlQuery("SELECT COUNT(*) > 0 FROM client WHERE id = :id")
    boolean isClient(String id);

    /** Only where the user or the client is new: a link that was removed here is not to come back. */
    @SqlBatch("""
            INSERT INTO link (user_id, client_id, created_at)
            SELECT u.id, c.id, CAST(:now AS TIMESTAMP WITH TIME ZONE)
            FROM users u CROSS JOIN client c
            WHERE u.name_key = :nameKey AND c.id = :clientId AND (u.epoch = :epoch OR CAST(:newClient AS BOOLEAN))
                AND NOT EXISTS (SELECT 1 FROM link l WHERE l.user_id = u.id AND l.client_id = c.id)
            """)
    int[] insertLinks(@BindMethods List<ImportedLink> links, long epoch, Instant now);

    /** As {@link #insertLinks}; for all scopes that the client has. */
    @SqlBatch("""
            INSERT INTO consent (user_id, client_id, scopes, granted_at)
            SELECT u.id, c.id, c.scopes, CAST(:now AS TIMESTAMP WITH TIME ZONE)
            FROM users u CROSS JOIN client c
            WHERE u.name_key = :nameKey AND c.id = :clientId AND (u.epoch = :epoch OR CAST(:newClient AS BOOLEAN))
                AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.user_id = u.id AND n.client_id = c.id)
            """)
    int[] insertConsents(@BindMethods List<ImportedLink> links, long epoch, Instant now);

    /** Not for whoever is disabled: what would be dead now must not live when they are enabled. */
    @SqlBatch("""
            INSERT INTO token (id, refresh, hash, family_id, grant_type, client_id, user_id, scopes, epoch, issued_at,
                expires_at)
            SELECT :id, CAST(:refresh AS BOOLEAN), :hash, :id, :grantType, c.id, u.id, :scopes,
                c.epoch + COALESCE(u.epoch, 0) + COALESCE(p.epoch, 0), CAST(:now AS TIMESTAMP WITH TIME ZONE),
                CAST(:expiresAt AS TIMESTAMP WITH TIME ZONE)
            FROM client c
            LEFT JOIN users u ON u.name_key = CAST(:nameKey AS BYTEA)
            LEFT JOIN pair_epoch p ON p.user_id = u.id AND p.client_id = c.id
            WHERE c.id = :clientId AND c.enabled AND (CAST(:nameKey AS BYTEA) IS NULL OR u.enabled)
                AND NOT EXISTS (SELECT 1 FROM token WHERE id = :id)
            """)
    int[] insertTokens(@BindMethods List<ImportedToken> tokens, Instant now);

    @SqlBatch("INSERT INTO family (id, created_at, expires_at) VALUES (:id, :now, :expiresAt)")
    void insertFamilies(@BindMethods List<ImportedToken> tokens, Instant now);

    @SqlQuery("SELECT COUNT(*) > 0 FROM token WHERE id = :id")
    boolean isToken(UUID id);
}
