package dev.symbolon.token;

import dev.symbolon.store.Expiry;
import dev.symbolon.store.SqlLookup;
import dev.symbolon.token.DeviceCode.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The tables of device codes, and of attempts at user codes. */
interface DeviceCodeDao {
    Expiry EXPIRED = new Expiry("device_code", "expires_at", "id");
    Expiry ENDED_ATTEMPTS = new Expiry("user_code_attempt", "ends_at", "user_id");

    String SELECT = """
            SELECT id, hash, client_id, scopes, epoch, poll_interval, next_poll_at, expires_at, user_id, answer, used_at
            FROM device_code
            """;

    /** Nothing if there is that user code already. */
    @SqlUpdate("""
            INSERT INTO device_code (id, hash, user_code, client_id, scopes, epoch, poll_interval, next_poll_at,
                expires_at)
            SELECT CAST(:id AS UUID), CAST(:hash AS BYTEA), CAST(:userCode AS VARCHAR), CAST(:clientId AS VARCHAR),
                CAST(:scopes AS TEXT), CAST(:epoch AS BIGINT), CAST(:interval AS BIGINT),
                CAST(:now AS TIMESTAMP WITH TIME ZONE), CAST(:expiresAt AS TIMESTAMP WITH TIME ZONE)
            WHERE NOT EXISTS (SELECT 1 FROM device_code WHERE user_code = :userCode)
            """)
    boolean insert(
            UUID id,
            byte[] hash,
            String userCode,
            String clientId,
            @Nullable Set<String> scopes,
            long epoch,
            Duration interval,
            Instant now,
            Instant expiresAt);

    @SqlLookup(SELECT + "WHERE id = :id")
    Optional<DeviceCode> find(UUID id);

    /** One that waits for an answer, or has got it from this user. */
    @SqlLookup(SELECT + """
            WHERE user_code = :userCode AND expires_at > :now AND (user_id IS NULL OR user_id = :userId)
            """)
    Optional<DeviceCode> find(String userCode, UUID userId, Instant now);

    @SqlUpdate("UPDATE device_code SET next_poll_at = :next WHERE id = :id AND next_poll_at <= :now")
    boolean poll(UUID id, Instant now, Instant next);

    @SqlUpdate("""
            UPDATE device_code SET next_poll_at = :next, poll_interval = poll_interval + :more WHERE id = :id
            """)
    boolean slowDown(UUID id, Instant next, Duration more);

    /** True for exactly one caller, however many race. */
    @SqlUpdate("""
            UPDATE device_code SET user_id = :userId, answer = :answer, scopes = :scopes, epoch = :epoch
            WHERE id = :id AND answer IS NULL AND expires_at > :now
            """)
    boolean answer(UUID id, UUID userId, Answer answer, Set<String> scopes, long epoch, Instant now);

    /** Claims a device code: true for exactly one caller, however many race. */
    @SqlUpdate("UPDATE device_code SET used_at = :now WHERE id = :id AND used_at IS NULL")
    boolean claim(UUID id, Instant now);

    /** False if there have been as many as there may be until the present count ends. */
    @SqlUpdate("""
            UPDATE user_code_attempt SET attempts = CASE WHEN ends_at > :now THEN attempts + 1 ELSE 1 END,
                ends_at = CASE WHEN ends_at > :now THEN ends_at ELSE :end END
            WHERE user_id = :userId AND (attempts < :most OR ends_at <= :now)
            """)
    boolean countAttempt(UUID userId, int most, Instant now, Instant end);

    @SqlUpdate("""
            INSERT INTO user_code_attempt (user_id, attempts, ends_at)
            SELECT CAST(:userId AS UUID), 1, CAST(:end AS TIMESTAMP WITH TIME ZONE)
            WHERE NOT EXISTS (SELECT 1 FROM user_code_attempt WHERE user_id = :userId)
            """)
    boolean countFirstAttempt(UUID userId, Instant end);

    @SqlUpdate("UPDATE user_code_attempt SET attempts = attempts - 1 WHERE user_id = :userId")
    void forgiveAttempt(UUID userId);
}
