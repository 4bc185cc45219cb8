package dev.symbolon.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The table of consents. */
interface ConsentDao {
    String SELECT = """
            SELECT c.user_id, u.username, c.client_id, c.scopes, c.granted_at
            FROM consent c JOIN users u ON u.id = c.user_id
            """;

    @SqlQuery(SELECT + "WHERE c.user_id = :userId AND c.client_id = :clientId")
    Optional<Consent> find(UUID userId, String clientId);

    /** @param from the first user it may be of, {@code to} the last */
    @SqlQuery(SELECT + """
            WHERE c.user_id BETWEEN :from AND :to
                AND (CAST(:clientId AS VARCHAR) IS NULL OR c.client_id = :clientId)
                AND (c.user_id > :afterUser OR c.user_id = :afterUser AND c.client_id > :afterClient)
            ORDER BY c.user_id, c.client_id LIMIT :most
            """)
    List<Consent> list(UUID from, UUID to, @Nullable String clientId, UUID afterUser, String afterClient, int most);

    /** Nothing if the user or the client is gone. */
    @SqlUpdate("""
            INSERT INTO consent (user_id, client_id, scopes, granted_at)
            SELECT u.id, c.id, CAST(:scopes AS VARCHAR), CAST(:now AS TIMESTAMP WITH TIME ZONE)
            FROM users u CROSS JOIN client c WHERE u.id = :userId AND c.id = :clientId
            """)
    boolean insert(UUID userId, String clientId, Set<String> scopes, Instant now);

    @SqlUpdate("""
            UPDATE consent SET scopes = :scopes, granted_at = :now WHERE user_id = :userId AND client_id = :clientId
            """)
    boolean update(UUID userId, String clientId, Set<String> scopes, Instant now);

    @SqlUpdate("DELETE FROM consent WHERE user_id = :userId AND client_id = :clientId")
    boolean delete(UUID userId, String clientId);
}
