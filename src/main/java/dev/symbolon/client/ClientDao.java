package dev.symbolon.client;

import dev.symbolon.password.Dearest;
import dev.symbolon.store.SqlLookup;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The table of clients. What kills tokens for good raises {@code epoch}. */
interface ClientDao {
    String COLUMNS = """
            id, name, secret_hash, old_secret_hash, old_secret_until, hash_work, grants, scopes, scope_descriptions,
            redirect_uris, is_public, introspect, enabled, policy, policy_mode, access_ttl, refresh_ttl, require_pkce,
            trusted, compat_fos, rate_limit, epoch, created_at
            """;

    @SqlLookup("SELECT " + COLUMNS + " FROM client WHERE id = ANY(:ids)")
    List<Client> find(Collection<String> ids);

    /** Nobody else changes it until the transaction ends. */
    @SqlQuery("SELECT " + COLUMNS + " FROM client WHERE id = :id FOR UPDATE")
    Optional<Client> lock(String id);

    @SqlQuery("SELECT " + COLUMNS + " FROM client WHERE id > :after ORDER BY id LIMIT :most")
    List<Client> list(String after, int most);

    @SqlQuery("SELECT COALESCE(MAX(hash_work), 0) FROM client")
    long dearestHashWork();

    /** A hash of the first scheme after this one. */
    @SqlQuery("""
            SELECT CASE WHEN POSITION(hash_scheme IN secret_hash) = 1 THEN secret_hash ELSE old_secret_hash END
            FROM client WHERE hash_scheme > :scheme ORDER BY hash_scheme LIMIT 1
            """)
    Optional<String> hashAfter(String scheme);

    default Dearest dearest() {
        return Dearest.of(dearestHashWork(), this::hashAfter);
    }

    @SqlUpdate("""
            INSERT INTO client (id, name, secret_hash, old_secret_hash, old_secret_until, hash_work, hash_scheme, grants,
                scopes, scope_descriptions, redirect_uris, is_public, introspect, enabled, policy, policy_mode, access_ttl,
                refresh_ttl, require_pkce, trusted, compat_fos, rate_limit, epoch, created_at)
            VALUES (:id, :name, :secretHash, :oldSecretHash, :oldSecretUntil, :hashWork, :hashScheme, :grants,
                :scopes, :scopeDescriptions, :redirectUris, :isPublic, :introspect, :enabled, :policy, :policyMode,
                :accessTtl, :refreshTtl, :requirePkce, :trusted, :compatFos, :rateLimit, nextval('epoch'), :createdAt)
            """)
    void insert(@BindMethods Client client);

    /** Everything that can be changed without killing tokens, but for the secrets. */
    @SqlUpdate("""
            UPDATE client SET name = :name, grants = :grants, scopes = :scopes,
                scope_descriptions = :scopeDescriptions, redirect_uris = :redirectUris, introspect = :introspect,
                policy = :policy, policy_mode = :policyMode, access_ttl = :accessTtl, refresh_ttl = :refreshTtl,
                require_pkce = :requirePkce, trusted = :trusted, compat_fos = :compatFos,
                rate_limit = :rateLimit
            WHERE id = :id
            """)
    boolean update(@BindMethods Client client);

    @SqlBatch("INSERT INTO client_origin (client_id, origin) VALUES (:id, :origins)")
    void insertOrigins(String id, Set<String> origins);

    @SqlUpdate("DELETE FROM client_origin WHERE client_id = :id")
    void deleteOrigins(String id);

    @SqlQuery("""
            SELECT EXISTS (SELECT 1 FROM client_origin o JOIN client c ON c.id = o.client_id
                WHERE o.origin = :origin AND c.enabled)
            """)
    boolean hasOrigin(String origin);

    @SqlUpdate("UPDATE client SET enabled = :enabled WHERE id = :id")
    boolean setEnabled(String id, boolean enabled);

    @SqlUpdate("UPDATE client SET epoch = nextval('epoch') WHERE id = :id")
    boolean raiseEpoch(String id);

    @SqlUpdate("DELETE FROM let_through WHERE client_id = :id")
    void deleteLetThrough(String id);

    @SqlUpdate("DELETE FROM client WHERE id = :id")
    boolean delete(String id);

    @SqlUpdate("""
            UPDATE client SET secret_hash = :hash, hash_work = :work, hash_scheme = :scheme,
                old_secret_hash = :oldHash, old_secret_until = :oldUntil
            WHERE id = :id AND NOT is_public
            """)
    boolean setSecret(
            String id, String hash, long work, String scheme, @Nullable String oldHash, @Nullable Instant oldUntil);

    /** The same secret at another cost, or hashed by ourselves; nothing if it was changed meanwhile. */
    @SqlUpdate("""
            UPDATE client SET secret_hash = :redone, hash_work = hash_work + :moreWork, hash_scheme = :scheme
            WHERE id = :id AND secret_hash = :hash
            """)
    boolean redoHash(String id, String hash, String redone, long moreWork, String scheme);
}
