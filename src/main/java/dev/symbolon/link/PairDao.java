package dev.symbolon.link;

import dev.symbolon.link.Links.Pair;
import dev.symbolon.policy.Enforcement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The counters of user-client pairs, which outlive links. A counter is raised, and so the tokens of the pair die for
 * good, when the last link of the pair goes and the client's policy enforces links: the queries here find such pairs.
 */
interface PairDao {
    String PAIRS = "SELECT DISTINCT d.user_id, d.client_id FROM (";

    String WHOSE_LAST_LINK_GOES = """
            ) d JOIN client c ON c.id = d.client_id
            WHERE COALESCE(c.policy_mode, :defaultMode) = 'ENFORCE'
                AND POSITION(' ' || COALESCE(c.policy, :defaultType) || ' '
                    IN ' ' || CAST(:lenient AS VARCHAR) || ' ') = 0
                AND NOT EXISTS (SELECT 1 FROM link l
                    WHERE l.user_id = d.user_id AND l.client_id = d.client_id
                        AND (l.ends_at IS NULL OR l.ends_at > :now))
                AND NOT EXISTS (SELECT 1 FROM group_member m
                    JOIN group_link g ON g.group_name = m.group_name AND g.client_id = d.client_id
                    WHERE m.user_id = d.user_id AND (g.ends_at IS NULL OR g.ends_at > :now))
            """;

    /** Of rows held at once, since a group may be large. */
    int SOME = 1000;

    /** To be drawn under the lock, so that no counter ever shrinks; one for all pairs, since drawing takes longest. */
    @SqlQuery("SELECT nextval('epoch')")
    long nextEpoch();

    @SqlBatch("UPDATE pair_epoch SET epoch = :epoch WHERE user_id = :userId AND client_id = :clientId")
    int[] raise(@BindMethods List<Pair> pairs, long epoch);

    /** For pairs without a counter; nothing where the user is gone. */
    @SqlBatch("""
            INSERT INTO pair_epoch (user_id, client_id, epoch)
            SELECT id, :clientId, :epoch FROM users WHERE id = :userId
            """)
    void start(@BindMethods List<Pair> pairs, long epoch);

    /** Whatever links there are; nothing if the client is gone, whose tokens are dead then. */
    @SqlQuery("SELECT CAST(:userId AS UUID) AS user_id, id AS client_id FROM client WHERE id = :clientId")
    ResultIterable<Pair> pair(UUID userId, String clientId);

    /** A user's own link is gone. */
    @SqlQuery(PAIRS + """
            SELECT CAST(:userId AS UUID) AS user_id, CAST(:clientId AS VARCHAR) AS client_id
            """ + WHOSE_LAST_LINK_GOES)
    ResultIterable<Pair> unlinked(UUID userId, String clientId, Instant now, @BindMethods Enforcement rule);

    /** The link of a group, which still has its members, is gone. */
    @FetchSize(SOME)
    @SqlQuery(PAIRS + """
            SELECT user_id, CAST(:clientId AS VARCHAR) AS client_id FROM group_member WHERE group_name = :groupName
            """ + WHOSE_LAST_LINK_GOES)
    ResultIterable<Pair> groupUnlinked(String groupName, String clientId, Instant now, @BindMethods Enforcement rule);

    /** A member of a group, which still has its links, is gone. */
    @FetchSize(SOME)
    @SqlQuery(PAIRS + """
            SELECT CAST(:userId AS UUID) AS user_id, client_id FROM group_link WHERE group_name = :groupName
            """ + WHOSE_LAST_LINK_GOES)
    ResultIterable<Pair> memberRemoved(UUID userId, String groupName, Instant now, @BindMethods Enforcement rule);

    /** Links, of users or of their groups, have ended, and are still there. */
    @FetchSize(SOME)
    @SqlQuery(PAIRS + """
            SELECT user_id, client_id FROM link WHERE ends_at <= :now
            UNION ALL
            SELECT m.user_id, g.client_id FROM group_link g JOIN group_member m ON m.group_name = g.group_name
            WHERE g.ends_at <= :now
            """ + WHOSE_LAST_LINK_GOES)
    ResultIterable<Pair> ended(Instant now, @BindMethods Enforcement rule);

    @SqlUpdate("DELETE FROM link WHERE ends_at <= :now")
    int deleteEnded(Instant now);

    @SqlUpdate("DELETE FROM group_link WHERE ends_at <= :now")
    int deleteEndedOfGroups(Instant now);
}
