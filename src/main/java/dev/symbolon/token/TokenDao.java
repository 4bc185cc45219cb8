package dev.symbolon.token;

import dev.symbolon.link.AssignmentColumns;
import dev.symbolon.store.Expiry;
import dev.symbolon.store.Session.Batch;
import dev.symbolon.store.SqlLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Tokens, their families, and rotations that may still be retried. */
interface TokenDao {
    Expiry EXPIRED = new Expiry("token", "expires_at", "id");
    Expiry EXPIRED_FAMILIES = new Expiry("family", "expires_at", "id");
    Batch<TokenDao, Token> TOKENS = new Batch<>(TokenDao.class, TokenDao::insert);
    Batch<TokenDao, Family> NEW_FAMILIES = new Batch<>(TokenDao.class, TokenDao::insertFamilies);
    Batch<TokenDao, Kept> LIVING_FAMILIES = new Batch<>(TokenDao.class, TokenDao::extendFamilies);
    Batch<TokenDao, Rotation> ROTATIONS = new Batch<>(TokenDao.class, TokenDao::insertRotations);
    Batch<TokenDao, UUID> USED_SUCCESSORS = new Batch<>(TokenDao.class, TokenDao::eraseRotationsInto);

    String STATE = """
            SELECT t.id, t.refresh, t.hash, t.family_id, f.created_at AS family_created_at, f.door_id, t.grant_type, t.client_id,
                c.name AS client_name, c.scopes AS client_scopes, c.policy, c.policy_mode, t.user_id, u.username,
                t.scopes, t.epoch, t.issued_at, t.expires_at, t.rotated_at,
                NOT (c.id IS NOT NULL AND c.enabled
                    AND (t.user_id IS NULL OR u.id IS NOT NULL AND u.enabled)
                    AND (t.family_id IS NULL OR f.id IS NOT NULL AND f.revoked_at IS NULL)
                    AND (f.door_id IS NULL OR d.id IS NOT NULL)
                    AND t.epoch = c.epoch + COALESCE(u.epoch, 0) + COALESCE(p.epoch, 0)) AS dead,
            """ + AssignmentColumns.COLUMNS + """
            FROM token t
            LEFT JOIN family f ON f.id = t.family_id
            LEFT JOIN door d ON d.id = f.door_id
            LEFT JOIN client c ON c.id = t.client_id
            LEFT JOIN users u ON u.id = t.user_id
            """ + AssignmentColumns.JOINS;

    @SqlLookup(STATE + "WHERE t.id = ANY(:ids)")
    List<TokenState> find(Collection<UUID> ids, Instant now);

    default Optional<TokenState> find(UUID id, Instant now) {
        return find(List.of(id), now).stream().findFirst();
    }

    String PAGE = STATE + """
            WHERE t.id > :after AND t.expires_at > :now AND t.rotated_at IS NULL
                AND (CAST(:clientId AS VARCHAR) IS NULL OR t.client_id = :clientId)
            """;

    /** A page in the order of issue. */
    @SqlQuery(PAGE + "ORDER BY t.id LIMIT :most")
    List<TokenState> list(UUID after, Instant now, @Nullable String clientId, int most);

    /** As {@link #list}, of one user: by itself, so that no other's are read. */
    @SqlQuery(PAGE + "AND t.user_id = :userId ORDER BY t.id LIMIT :most")
    List<TokenState> listOf(UUID userId, UUID after, Instant now, @Nullable String clientId, int most);

    @SqlBatch("""
            INSERT INTO token (id, refresh, hash, family_id, grant_type, client_id, user_id, scopes, epoch, issued_at,
                expires_at)
            VALUES (:id, :refresh, :hash, :familyId, :grantType, :clientId, :userId, :scopes, :epoch, :issuedAt,
                :expiresAt)
            """)
    void insert(@BindMethods List<Token> tokens);

    @SqlBatch("""
            INSERT INTO family (id, door_id, created_at, expires_at) VALUES (:id, :doorId, :createdAt, :expiresAt)
            """)
    void insertFamilies(@BindMethods List<Family> families);

    /** @param until an eighth later than what is needed, so that it is not written at each refresh */
    record Kept(UUID id, Instant needed, Instant until) {
        static Kept of(UUID family, Instant now, Instant needed) {
            return new Kept(
                    family, needed, needed.plus(Duration.between(now, needed).dividedBy(8)));
        }
    }

    @SqlBatch("UPDATE family SET expires_at = :until WHERE id = :id AND expires_at < :needed")
    void extendFamilies(@BindMethods List<Kept> families);

    @SqlUpdate("UPDATE family SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
    boolean revokeFamily(UUID id, Instant now);

    @SqlUpdate("DELETE FROM token WHERE id = :id")
    boolean delete(UUID id);

    /** Claims a refresh token: true for exactly one caller, however many race. */
    @SqlUpdate("UPDATE token SET rotated_at = :now WHERE id = :id AND refresh AND rotated_at IS NULL")
    boolean claim(UUID id, Instant now);

    @SqlBatch("""
            INSERT INTO rotation (rotated_id, nonce, access_id, refresh_id, scopes, grace_until)
            VALUES (:rotatedId, :nonce, :accessId, :refreshId, :scopes, :graceUntil)
            """)
    void insertRotations(@BindMethods List<Rotation> rotations);

    @SqlLookup("""
            SELECT rotated_id, nonce, access_id, refresh_id, scopes, grace_until FROM rotation
            WHERE rotated_id = :rotatedId AND grace_until > :now
            """)
    Optional<Rotation> findRotation(UUID rotatedId, Instant now);

    /** The successors are used now: nothing can be derived from their predecessors any more. */
    @SqlBatch("DELETE FROM rotation WHERE refresh_id = :refreshIds")
    void eraseRotationsInto(List<UUID> refreshIds);

    /**
     * Successors of rotations whose grace is over, some at a time.
     *
     * @param last the last one that may be of such a rotation: there is no index by its end
     */
    @SqlQuery("""
            SELECT refresh_id FROM rotation WHERE refresh_id <= :last AND grace_until <= :now
            ORDER BY refresh_id LIMIT 500
            """)
    List<UUID> endedRotations(UUID last, Instant now);
}
