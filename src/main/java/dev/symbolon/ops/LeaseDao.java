package dev.symbolon.ops;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Who does which job, and until when nobody else may. */
interface LeaseDao {
    /** The holder, if the lease runs beyond that. */
    @SqlQuery("SELECT holder FROM lease WHERE name = :name AND expires_at > :beyond")
    Optional<UUID> holder(String name, Instant beyond);

    /**
     * Prolongs one's own, or takes over one that has run out: true for one at most, however many try.
     *
     * @param farthest beyond that no clock that is right has set an end
     */
    @SqlUpdate("""
            UPDATE lease SET holder = :holder, expires_at = :until
            WHERE name = :name AND (holder = :holder OR expires_at <= :now OR expires_at > :farthest)
            """)
    boolean claim(String name, UUID holder, Instant now, Instant until, Instant farthest);

    @SqlQuery("SELECT COUNT(*) > 0 FROM lease WHERE name = :name")
    boolean exists(String name);

    @SqlUpdate("INSERT INTO lease (name, holder, expires_at) VALUES (:name, :holder, :until)")
    boolean insert(String name, UUID holder, Instant until);

    @SqlUpdate("UPDATE lease SET expires_at = :now WHERE name = :name AND holder = :holder AND expires_at > :now")
    boolean release(String name, UUID holder, Instant now);
}
