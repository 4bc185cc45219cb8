package dev.symbolon.attempt;

import dev.symbolon.store.Expiry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The table of failures that are counted, and of origins that are known. */
interface AttemptDao {
    Expiry EXPIRED = new Expiry("attempt", "expires_at", "subject", "origin");

    /** Failures in a row at one origin; at one that is known, maybe none. */
    record Count(UUID origin, int failures, Instant failedAt, Instant expiresAt) {}

    @SqlQuery("""
            SELECT origin, failures, failed_at, expires_at FROM attempt
            WHERE subject = :subject AND origin IN (:everywhere, :place, :sign) AND expires_at > :now
            """)
    List<Count> find(UUID subject, UUID everywhere, UUID place, UUID sign, Instant now);

    /** @param more 0 for a try that was held up, which costs a write as any other does and changes nothing */
    @SqlUpdate("""
            UPDATE attempt SET failures = CASE WHEN expires_at > :now THEN failures ELSE 0 END + :more,
                failed_at = CASE WHEN :more = 0 THEN failed_at ELSE :now END,
                expires_at = GREATEST(expires_at, :expiresAt)
            WHERE subject = :subject AND origin = :origin
            """)
    boolean count(UUID subject, UUID origin, int more, Instant now, Instant expiresAt);

    @SqlUpdate("""
            UPDATE attempt SET failures = 0, expires_at = :expiresAt WHERE subject = :subject AND origin = :origin
            """)
    boolean know(UUID subject, UUID origin, Instant expiresAt);

    @SqlUpdate("""
            INSERT INTO attempt (subject, origin, failures, failed_at, expires_at)
            SELECT CAST(:subject AS UUID), CAST(:origin AS UUID), CAST(:failures AS INT),
                CAST(:now AS TIMESTAMP WITH TIME ZONE), CAST(:expiresAt AS TIMESTAMP WITH TIME ZONE)
            WHERE NOT EXISTS (SELECT 1 FROM attempt WHERE subject = :subject AND origin = :origin)
            """)
    boolean insert(UUID subject, UUID origin, int failures, Instant now, Instant expiresAt);

    @SqlUpdate("UPDATE attempt SET failures = 0 WHERE subject = :subject AND origin = :origin")
    boolean forgive(UUID subject, UUID origin);

    @SqlUpdate("UPDATE attempt SET failures = 0 WHERE subject = :subject")
    int forgive(UUID subject);
}
