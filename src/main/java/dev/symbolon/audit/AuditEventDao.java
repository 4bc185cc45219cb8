package dev.symbolon.audit;

import dev.symbolon.audit.AuditHandover.Event;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Events on their way from a command's process to a service's log. */
interface AuditEventDao {
    @SqlBatch("INSERT INTO audit_event (happened_at, name, details) VALUES (:happenedAt, :name, :details)")
    void insert(@BindMethods List<Event> events);

    /** In the order in which they happened. */
    @SqlQuery("SELECT id, happened_at, name, details FROM audit_event ORDER BY id LIMIT :most")
    List<Event> oldest(int most);

    @SqlBatch("DELETE FROM audit_event WHERE id = :id")
    void delete(@BindMethods List<Event> events);
}
