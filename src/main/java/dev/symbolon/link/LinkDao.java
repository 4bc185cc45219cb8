package dev.symbolon.link;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Links, and the counters of user-client pairs, which outlive them. */
interface LinkDao {
    /** Lets changes to one user's links happen one after the other; empty if the user is gone. */
    @SqlQuery("SELECT id FROM users WHERE id = :userId FOR UPDATE")
    Optional<UUID> lockUser(UUID userId);

    /** Keeps the client from being deleted meanwhile; empty if it is gone. */
    @SqlQuery("SELECT id FROM client WHERE id = :clientId FOR UPDATE")
    Optional<String> lockClient(String clientId);

    @SqlQuery("""
            SELECT l.user_id, u.username, l.client_id, l.scopes, l.created_at FROM link l JOIN users u ON u.id = l.user_id
            WHERE l.user_id = :userId AND l.client_id = :clientId
            """)
    Optional<Link> find(UUID userId, String clientId);

    @SqlQuery("""
            SELECT l.user_id, u.username, l.client_id, l.scopes, l.created_at FROM link l JOIN users u ON u.id = l.user_id
            WHERE (CAST(:userId AS UUID) IS NULL OR l.user_id = :userId)
                AND (CAST(:clientId AS VARCHAR) IS NULL OR l.client_id = :clientId)
                AND (l.user_id > :afterUser OR l.user_id = :afterUser AND l.client_id > :afterClient)
            ORDER BY l.user_id, l.client_id LIMIT :most
            """)
    List<Link> list(@Nullable UUID userId, @Nullable String clientId, UUID afterUser, String afterClient, int most);

    @SqlUpdate("""
            INSERT INTO link (user_id, client_id, scopes, created_at) VALUES (:userId, :clientId, :scopes, :now)
            """)
    void insert(UUID userId, String clientId, @Nullable Set<String> scopes, Instant now);

    @SqlUpdate("UPDATE link SET scopes = :scopes WHERE user_id = :userId AND client_id = :clientId")
    boolean setScopes(UUID userId, String clientId, @Nullable Set<String> scopes);

    @SqlUpdate("DELETE FROM link WHERE user_id = :userId AND client_id = :clientId")
    boolean delete(UUID userId, String clientId);

    @SqlUpdate("UPDATE pair_epoch SET epoch = nextval('epoch') WHERE user_id = :userId AND client_id = :clientId")
    boolean raiseEpoch(UUID userId, String clientId);

    @SqlUpdate("INSERT INTO pair_epoch (user_id, client_id, epoch) VALUES (:userId, :clientId, nextval('epoch'))")
    void insertEpoch(UUID userId, String clientId);
}
