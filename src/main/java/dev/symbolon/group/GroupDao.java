package dev.symbolon.group;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Groups and their members. */
interface GroupDao {
    String GROUP = """
            SELECT g.name, (SELECT COUNT(*) FROM group_member m WHERE m.group_name = g.name) AS members, g.created_at
            FROM user_group g
            """;

    @SqlQuery(GROUP + "WHERE g.name = :name")
    Optional<Group> find(String name);

    @SqlQuery(GROUP + "WHERE g.name > :after ORDER BY g.name LIMIT :most")
    List<Group> list(String after, int most);

    @SqlUpdate("INSERT INTO user_group (name, created_at) VALUES (:name, :now)")
    void insert(String name, Instant now);

    @SqlUpdate("DELETE FROM user_group WHERE name = :name")
    boolean delete(String name);

    @SqlQuery("SELECT COUNT(*) FROM group_member WHERE user_id = :userId")
    int groupsOf(UUID userId);

    @SqlQuery("""
            SELECT m.user_id, u.username, m.group_name, m.created_at
            FROM group_member m JOIN users u ON u.id = m.user_id
            WHERE m.group_name = :name AND m.user_id = :userId
            """)
    Optional<Member> member(String name, UUID userId);

    @SqlQuery("""
            SELECT m.user_id, u.username, m.group_name, m.created_at
            FROM group_member m JOIN users u ON u.id = m.user_id
            WHERE m.group_name = :name AND m.user_id > :after ORDER BY m.user_id LIMIT :most
            """)
    List<Member> members(String name, UUID after, int most);

    @SqlUpdate("INSERT INTO group_member (user_id, group_name, created_at) VALUES (:userId, :name, :now)")
    void insertMember(UUID userId, String name, Instant now);

    @SqlUpdate("DELETE FROM group_member WHERE user_id = :userId AND group_name = :name")
    boolean deleteMember(UUID userId, String name);
}
