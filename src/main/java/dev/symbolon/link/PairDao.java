package dev.symbolon.link;

import dev.symbolon.policy.Enforcement;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The counters of user-client pairs, which outlive links. A counter is raised, and so the tokens of the pair die for
 * good, when the last link of the pair goes and the client's policy enforces links. One statement does so for any
 * number of pairs.
 */
interface PairDao {
    String RAISE = """
            MERGE INTO pair_epoch p USING (SELECT DISTINCT d.user_id, d.client_id FROM (
            """;

    String TO = """
            ) x ON p.user_id = x.user_id AND p.client_id = x.client_id
            WHEN MATCHED THEN UPDATE SET epoch = :epoch
            WHEN NOT MATCHED THEN INSERT (user_id, client_id, epoch)
                VALUES (x.user_id, x.client_id, :epoch)
            """;

    String WHERE_THE_LAST_LINK_GOES = """
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
            """ + TO;

    /** Lets whatever changes links or groups happen one after the other. */
    @SqlQuery("SELECT only_row FROM link_lock WHERE only_row = 1 FOR UPDATE")
    int lock();

    /** To be drawn under the lock, so that no counter ever shrinks; one for all pairs, since drawing takes longest. */
    @SqlQuery("SELECT nextval('epoch')")
    long nextEpoch();

    /** Whatever links there are; nothing if the client is gone, whose tokens are dead then. */
    @SqlUpdate("""
            MERGE INTO pair_epoch p USING (
            SELECT CAST(:userId AS UUID) AS user_id, id AS client_id FROM client WHERE id = :clientId
            """ + TO)
    boolean kill(UUID userId, String clientId, long epoch);

    /** A user's own link is gone. */
    @SqlUpdate(RAISE + """
            SELECT CAST(:userId AS UUID) AS user_id, CAST(:clientId AS VARCHAR) AS client_id
            """ + WHERE_THE_LAST_LINK_GOES)
    void unlinked(UUID userId, String clientId, Instant now, long epoch, @BindMethods Enforcement rule);

    /** The link of a group, which still has its members, is gone. */
    @SqlUpdate(RAISE + """
            SELECT user_id, CAST(:clientId AS VARCHAR) AS client_id FROM group_member WHERE group_name = :groupName
            """ + WHERE_THE_LAST_LINK_GOES)
    void groupUnlinked(String groupName, String clientId, Instant now, long epoch, @BindMethods Enforcement rule);

    /** A member of a group, which still has its links, is gone. */
    @SqlUpdate(RAISE + """
            SELECT CAST(:userId AS UUID) AS user_id, client_id FROM group_link WHERE group_name = :groupName
            """ + WHERE_THE_LAST_LINK_GOES)
    void memberRemoved(UUID userId, String groupName, Instant now, long epoch, @BindMethods Enforcement rule);

    /** Links have ended, and are still there. */
    @SqlUpdate(RAISE + "SELECT user_id, client_id FROM link WHERE ends_at <= :now" + WHERE_THE_LAST_LINK_GOES)
    void ended(Instant now, long epoch, @BindMethods Enforcement rule);

    /** Links of groups have ended, and are still there. */
    @SqlUpdate(RAISE + """
            SELECT m.user_id, g.client_id FROM group_link g JOIN group_member m ON m.group_name = g.group_name
            WHERE g.ends_at <= :now
            """ + WHERE_THE_LAST_LINK_GOES)
    void groupLinksEnded(Instant now, long epoch, @BindMethods Enforcement rule);

    @SqlUpdate("DELETE FROM link WHERE ends_at <= :now")
    int deleteEnded(Instant now);

    @SqlUpdate("DELETE FROM group_link WHERE ends_at <= :now")
    int deleteEndedOfGroups(Instant now);
}
