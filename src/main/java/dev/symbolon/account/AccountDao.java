package dev.symbolon.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Consents and live tokens of a user, by application; changed elsewhere. */
interface AccountDao {
    /** At most one for the consent and one for the tokens, in the order of the applications' names. */
    @SqlQuery("""
            SELECT c.id AS client_id, c.name, c.scope_descriptions, n.scopes,
                CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS issued_at
            FROM consent n JOIN client c ON c.id = n.client_id
            WHERE n.user_id = :userId
            UNION ALL
            SELECT c.id, c.name, c.scope_descriptions,
                COALESCE(STRING_AGG(DISTINCT NULLIF(t.scopes, ''), ' '), ''), MAX(t.issued_at)
            FROM token t
            JOIN users u ON u.id = t.user_id
            JOIN client c ON c.id = t.client_id AND c.enabled
            LEFT JOIN family f ON f.id = t.family_id
            LEFT JOIN door d ON d.id = f.door_id
            LEFT JOIN pair_epoch p ON p.user_id = u.id AND p.client_id = c.id
            WHERE t.user_id = :userId AND t.expires_at > :now AND t.rotated_at IS NULL
                AND (t.family_id IS NULL OR f.id IS NOT NULL AND f.revoked_at IS NULL)
                AND (f.door_id IS NULL OR d.id IS NOT NULL)
                AND t.epoch = c.epoch + u.epoch + COALESCE(p.epoch, 0)
            GROUP BY c.id, c.name, c.scope_descriptions
            ORDER BY name, client_id LIMIT :most
            """)
    List<Access> accesses(UUID userId, Instant now, int most);
}
