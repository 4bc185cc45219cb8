package dev.symbolon.link;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Users' own links. Those of groups are in {@link GroupLinkDao}. */
interface LinkDao {
    String LINK = """
            SELECT l.user_id, u.username, CAST(NULL AS VARCHAR) AS group_name, l.client_id, l.scopes, l.ends_at,
                l.created_at
            FROM link l JOIN users u ON u.id = l.user_id
            """;

    @SqlQuery(LINK + "WHERE l.user_id = :userId AND l.client_id = :clientId")
    Optional<Link> find(UUID userId, String clientId);

    /** @param from the first user it may be of, {@code to} the last */
    @SqlQuery(LINK + """
            WHERE l.user_id BETWEEN :from AND :to
                AND (CAST(:clientId AS VARCHAR) IS NULL OR l.client_id = :clientId)
                AND (l.user_id > :afterUser OR l.user_id = :afterUser AND l.client_id > :afterClient)
                AND (l.ends_at IS NULL OR l.ends_at > :now)
            ORDER BY l.user_id, l.client_id LIMIT :most
            """)
    List<Link> list(
            UUID from, UUID to, @Nullable String clientId, UUID afterUser, String afterClient, Instant now, int most);

    @SqlUpdate("""
            INSERT INTO link (user_id, client_id, scopes, ends_at, created_at)
            VALUES (:userId, :clientId, :scopes, :endsAt, :now)
            """)
    void insert(UUID userId, String clientId, @BindMethods LinkTerms terms, Instant now);

    @SqlUpdate("""
            UPDATE link SET scopes = :scopes, ends_at = :endsAt WHERE user_id = :userId AND client_id = :clientId
            """)
    boolean update(UUID userId, String clientId, @BindMethods LinkTerms terms);

    @SqlUpdate("DELETE FROM link WHERE user_id = :userId AND client_id = :clientId")
    boolean delete(UUID userId, String clientId);

    /** Links a pair that no link covers yet, if both are still there. */
    @SqlUpdate("""
            INSERT INTO link (user_id, client_id, created_at)
            SELECT u.id, c.id, :now FROM users u JOIN client c ON c.id = :clientId
            WHERE u.id = :userId
                AND NOT EXISTS (SELECT 1 FROM link l WHERE l.user_id = u.id AND l.client_id = c.id)
                AND NOT EXISTS (SELECT 1 FROM group_member m JOIN group_link g ON g.group_name = m.group_name
                    WHERE m.user_id = u.id AND g.client_id = c.id)
            """)
    boolean insertIfUnlinked(UUID userId, String clientId, Instant now);
}
