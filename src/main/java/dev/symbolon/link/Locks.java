package dev.symbolon.link;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * Rows that a transaction holds to its end: that of what it refers to is not deleted meanwhile. To be taken in the order
 * of the methods, so that two that want the same rows wait for each other and no more.
 */
public interface Locks {
    /** Lets whatever changes links or groups happen one after the other. */
    @SqlQuery("SELECT only_row FROM link_lock WHERE only_row = 1 FOR UPDATE")
    int links();

    /** Empty if they are gone, as for the others. */
    @SqlQuery("SELECT id FROM users WHERE id = :id FOR UPDATE")
    Optional<UUID> user(UUID id);

    @SqlQuery("SELECT name FROM user_group WHERE name = :name FOR UPDATE")
    Optional<String> group(String name);

    @SqlQuery("SELECT id FROM client WHERE id = :id FOR UPDATE")
    Optional<String> client(String id);
}
