package dev.symbolon.token;

import dev.symbolon.store.Expiry;
import dev.symbolon.store.Session.Batch;
import dev.symbolon.store.SqlLookup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The table of authorization codes. */
interface AuthorizationCodeDao {
    Expiry EXPIRED = new Expiry("authorization_code", "kept_until", "id");

    Batch<AuthorizationCodeDao, AuthorizationCode> CODES =
            new Batch<>(AuthorizationCodeDao.class, AuthorizationCodeDao::insert);

    @SqlBatch("""
            INSERT INTO authorization_code (id, hash, client_id, user_id, scopes, redirect_uri, redirect_uri_sent,
                challenge, family_id, epoch, expires_at, kept_until)
            VALUES (:id, :hash, :clientId, :userId, :scopes, :redirectUri, :redirectUriSent, :challenge, :familyId,
                :epoch, :expiresAt, :expiresAt)
            """)
    void insert(@BindMethods List<AuthorizationCode> codes);

    @SqlLookup("""
            SELECT id, hash, client_id, user_id, scopes, redirect_uri, redirect_uri_sent, challenge, family_id, epoch,
                expires_at, used_at
            FROM authorization_code WHERE id = :id
            """)
    Optional<AuthorizationCode> find(UUID id);

    /** Claims a code: true for exactly one caller, however many race. */
    @SqlUpdate("""
            UPDATE authorization_code SET used_at = :now, kept_until = :keptUntil WHERE id = :id AND used_at IS NULL
            """)
    boolean claim(UUID id, Instant now, Instant keptUntil);
}
