package dev.symbolon.audit;

import dev.symbolon.audit.AuditHandover.Event;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Events on their way from a command's process to a service's log. */
interface AuditEventDao {
    @SqlUpdate("INSERT INTO audit_event (happened_at, name, details) VALUES (:happenedAt, :name, :details)")
    void insert(@BindMethods Event event);

    /** In the order in which they happened. */
    @SqlQuery("SELECT id, happened_at, name, details FROM audit_event ORDER BY id LIMIT :most")
    List<Event> oldest(int most);

    /** @return 1 for each that nobody else has deleted: it is the caller's to log */
    @SqlBatch("DELETE FROM audit_event WHERE id = :id")
    int[] delete(@BindMethods List<Event> events);
}
