package dev.symbolon.audit;

import dev.symbolon.store.Session.Batch;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    Batch<LetThroughDao, Passed> PASSED = new Batch<>(LetThroughDao.class, LetThroughDao::record);

    /** A token that was let through. */
    record Passed(UUID userId, String clientId, String reason, Instant at) {
        private static final Comparator<Passed> BY_ROW = Comparator.comparing(Passed::userId)
                .thenComparing(Passed::clientId)
                .thenComparing(Passed::reason);

        /** @param userId null for tokens without a user */
        public static Passed of(@Nullable UUID userId, String clientId, String reason, Instant at) {
            return new Passed(userId == null ? NOBODY : userId, clientId, reason, at);
        }
    }

    /** Row by row in the same order always, or two instances would wait for each other. */
    default void record(List<Passed> tokens) {
        Map<Passed, Integer> rows = new TreeMap<>(Passed.BY_ROW);
        tokens.forEach(token -> rows.merge(token, 1, Integer::sum));
        rows.forEach((row, times) -> record(row.userId(), row.clientId(), row.reason(), times, row.at()));
    }

    private void record(UUID user, String clientId, String reason, int times, Instant now) {
        if (!count(user, clientId, reason, times, now)) {
            String known = reasons(user, clientId) < MOST_REASONS ? reason : OTHER;
            if (known.equals(reason) || !count(user, clientId, OTHER, times, now)) {
                insert(user, clientId, known, times, now);
            }
        }
    }

    @SqlQuery("SELECT COUNT(*) FROM let_through WHERE user_id = :userId AND client_id = :clientId")
    int reasons(UUID userId, String clientId);

    @SqlUpdate("""
            UPDATE let_through SET times = times + :times, last_at = :now
            WHERE user_id = :userId AND client_id = :clientId AND reason = :reason
            """)
    boolean count(UUID userId, String clientId, String reason, int times, Instant now);

    @SqlUpdate("""
            INSERT INTO let_through (user_id, client_id, reason, times, first_at, last_at)
            VALUES (:userId, :clientId, :reason, :times, :now, :now)
            """)
    void insert(UUID userId, String clientId, String reason, int times, Instant now);

    /** The pairs that come most often first. */
    @SqlQuery("""
            SELECT u.id AS user_id, u.username, r.client_id, r.reason, r.times, r.first_at, r.last_at,
                EXISTS (SELECT 1 FROM link l WHERE l.user_id = r.user_id AND l.client_id = r.client_id
                        AND (l.ends_at IS NULL OR l.ends_at > :now))
                    OR EXISTS (SELECT 1 FROM group_member m
                        JOIN group_link g ON g.group_name = m.group_name AND g.client_id = r.client_id
                        WHERE m.user_id = r.user_id AND (g.ends_at IS NULL OR g.ends_at > :now)) AS linked
            FROM let_through r LEFT JOIN users u ON u.id = r.user_id
            WHERE CAST(:clientId AS VARCHAR) IS NULL OR r.client_id = :clientId
            ORDER BY r.times DESC, u.username, r.client_id, r.reason
            """)
    List<LetThrough> list(@Nullable String clientId, Instant now);
}
