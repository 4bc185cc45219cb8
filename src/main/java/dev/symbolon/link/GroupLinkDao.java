package dev.symbolon.link;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Links of groups: they count for whoever is a member. */
interface GroupLinkDao {
    String LINK = """
            SELECT u.id AS user_id, u.username, g.group_name, g.client_id, g.scopes, g.ends_at, g.created_at
            FROM group_link g LEFT JOIN users u ON u.id = CAST(:userId AS UUID)
            """;

    @SqlQuery(LINK + "WHERE g.group_name = :groupName AND g.client_id = :clientId")
    Optional<Link> find(@Nullable UUID userId, String groupName, String clientId);

    @SqlQuery("SELECT client_id FROM group_link WHERE group_name = :groupName")
    List<String> clients(String groupName);

    /** @param userId a member, whose links by groups these are; null for all */
    @SqlQuery(LINK + """
            WHERE (CAST(:userId AS UUID) IS NULL OR EXISTS (SELECT 1 FROM group_member m
                    WHERE m.user_id = :userId AND m.group_name = g.group_name))
                AND (CAST(:clientId AS VARCHAR) IS NULL OR g.client_id = :clientId)
                AND (g.group_name > :afterGroup OR g.group_name = :afterGroup AND g.client_id > :afterClient)
                AND (g.ends_at IS NULL OR g.ends_at > :now)
            ORDER BY g.group_name, g.client_id LIMIT :most
            """)
    List<Link> list(
            @Nullable UUID userId,
            @Nullable String clientId,
            String afterGroup,
            String afterClient,
            Instant now,
            int most);

    @SqlUpdate("""
            INSERT INTO group_link (group_name, client_id, scopes, ends_at, created_at)
            VALUES (:groupName, :clientId, :scopes, :endsAt, :now)
            """)
    void insert(String groupName, String clientId, @BindMethods LinkTerms terms, Instant now);

    @SqlUpdate("""
            UPDATE group_link SET scopes = :scopes, ends_at = :endsAt
            WHERE group_name = :groupName AND client_id = :clientId
            """)
    boolean update(String groupName, String clientId, @BindMethods LinkTerms terms);

    @SqlUpdate("DELETE FROM group_link WHERE group_name = :groupName AND client_id = :clientId")
    boolean delete(String groupName, String clientId);
}
