package dev.symbolon.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** One row a user, client and reason, so that the table stays small however often somebody comes. */
public interface LetThroughDao {
    UUID NOBODY = new UUID(0, 0);

    /** Of a pair; what comes on top is counted as {@link #OTHER}. */
    int MOST_REASONS = 20;

    String OTHER = "other";

    /** @param userId null for tokens without a user */
    default void record(@Nullable UUID userId, String clientId, String reason, Instant now) {
        UUID user = userId == null ? NOBODY : userId;
        if (!count(user, clientId, reason, now)) {
            String known = reasons(user, clientId) < MOST_REASONS ? reason : OTHER;
            if (known.equals(reason) || !count(user, clientId, OTHER, now)) {
                insert(user, clientId, known, now);
            }
        }
    }

    @SqlQuery("SELECT COUNT(*) FROM let_through WHERE user_id = :userId AND client_id = :clientId")
    int reasons(UUID userId, String clientId);

    @SqlUpdate("""
            UPDATE let_through SET times = times + 1, last_at = :now
            WHERE user_id = :userId AND client_id = :clientId AND reason = :reason
            """)
    boolean count(UUID userId, String clientId, String reason, Instant now);

    @SqlUpdate("""
            INSERT INTO let_through (user_id, client_id, reason, times, first_at, last_at)
            VALUES (:userId, :clientId, :reason, 1, :now, :now)
            """)
    void insert(UUID userId, String clientId, String reason, Instant now);

    /** The pairs that come most often first. */
    @SqlQuery("""
            SELECT u.username, r.client_id, r.reason, r.times, r.first_at, r.last_at
            FROM let_through r LEFT JOIN users u ON u.id = r.user_id
            ORDER BY r.times DESC, u.username, r.client_id, r.reason
            """)
    List<LetThrough> list();
}
