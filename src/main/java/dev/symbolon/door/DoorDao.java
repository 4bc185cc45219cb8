package dev.symbolon.door;

import dev.symbolon.store.SqlLookup;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The table of doors. */
interface DoorDao {
    String DOOR = "SELECT name, id, client_id, grants, origins, rate_limit, created_at FROM door ";

    @SqlLookup(DOOR + "WHERE name = :name")
    Optional<Door> find(String name);

    @SqlQuery(DOOR + "WHERE name > :after ORDER BY name LIMIT :most")
    List<Door> list(String after, int most);

    @SqlUpdate("""
            INSERT INTO door (name, id, client_id, grants, origins, rate_limit, created_at)
            VALUES (:name, :id, :clientId, :grants, :origins, :rateLimit, :createdAt)
            """)
    void insert(@BindMethods Door door);

    @SqlUpdate("DELETE FROM door WHERE name = :name")
    boolean delete(String name);
}
