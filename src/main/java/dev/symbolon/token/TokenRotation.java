package dev.symbolon.token;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.config.Config;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.store.Database;
import dev.symbolon.store.TimeOrderedId;
import dev.symbolon.token.TokenDao.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges a refresh token for its successors (RFC 9700 section 4.14.2). Thread-safe.
 *
 * <p>The first use claims the token; a retry within the grace, before the successor was used, gets the very same
 * successors; any other use is reuse, and the whole family is revoked.
 */
public final class TokenRotation {
    static final String REFUSAL = "refresh token is invalid, expired, revoked or was issued to another client";
    static final String EXPIRED = "refresh token has expired";
    private static final Logger LOG = LoggerFactory.getLogger(TokenRotation.class);

    private final Database database;
    private final TokenIssuer issuer;
    private final Config.Token lifetimes;

    public TokenRotation(Database database, TokenIssuer issuer, Config.Token lifetimes) {
        this.database = database;
        this.issuer = issuer;
        this.lifetimes = lifetimes;
    }

    static OAuthError refusal() {
        return new OAuthError(Code.INVALID_GRANT, REFUSAL);
    }

    /** @throws OAuthError if the rotated token may not be retried any more; its family is revoked then */
    Rotation retryable(TokenState rotated, Instant now) {
        return database.read(TokenDao.class, dao -> dao.findRotation(rotated.id(), now))
                .orElseThrow(() -> reuse(rotated, now));
    }

    /**
     * @param presented the value of the token that {@code state} is the row of
     * @param arrived when it was presented: who loses a race in time has retried in time, however long the policy took
     */
    TokenResponse rotate(TokenValue presented, TokenState state, Instant arrived, Approval approval) {
        Instant now = approval.now();
        var rotation = new Rotation(
                state.id(),
                TokenValue.randomBytes(),
                TimeOrderedId.at(now),
                TimeOrderedId.at(now),
                approval.wanted(),
                now.plus(lifetimes.refreshGrace()));
        TokenValue access = rotation.access(presented);
        TokenValue refresh = rotation.refresh(presented);
        UUID family = Objects.requireNonNull(state.familyId(), "a refresh token has a family");
        Token accessRow = issuer.access(approval, access, family);
        return claim(state, rotation, approval, accessRow, refresh)
                ? TokenResponse.of(access, accessRow.lifetime(), refresh, approval.granted())
                : retry(presented, retryable(state, arrived), approval);
    }

    private boolean claim(TokenState state, Rotation rotation, Approval approval, Token accessRow, TokenValue refresh) {
        UUID family = Objects.requireNonNull(accessRow.familyId());
        Instant familyCreatedAt = Objects.requireNonNull(state.familyCreatedAt(), "a family has a beginning");
        List<Token> rows =
                List.of(accessRow, issuer.refresh(approval, refresh, family, familyCreatedAt, state.scopes()));
        return database.write(session -> {
            if (!session.attach(TokenDao.class).claim(state.id(), approval.now())) {
                return false;
            }
            session.later(TokenDao.USED_SUCCESSORS, state.id());
            if (!lifetimes.refreshGrace().isZero()) {
                session.later(TokenDao.ROTATIONS, rotation);
            }
            rows.forEach(row -> session.later(TokenDao.TOKENS, row));
            session.later(TokenDao.LIVING_FAMILIES, Kept.of(family, approval.now(), TokenIssuer.end(rows)));
            TokenIssuer.record(session, approval);
            return true;
        });
    }

    /**
     * The answer that the first use got, as far as it can still be had. An access token that has expired and was purged
     * meanwhile is in it all the same: what the client lacks is the refresh token.
     *
     * @param rotation found when the token was presented: a retry in time stays one, however long the policy took
     */
    TokenResponse retry(TokenValue presented, Rotation rotation, Approval approval) {
        Set<String> requested = approval.requested();
        if (requested != null && !requested.equals(rotation.scopes())) {
            throw new OAuthError(Code.INVALID_SCOPE, "a refresh may be retried with the same scope only");
        }
        Optional<TokenState> access =
                database.read(TokenDao.class, dao -> dao.find(rotation.accessId(), approval.now()));
        Set<String> issued = access.map(TokenState::scopes).orElse(rotation.scopes());
        Set<String> scopes = new TreeSet<>(issued);
        scopes.retainAll(approval.granted());
        if (scopes.isEmpty() && !issued.isEmpty()) {
            throw new OAuthError(Code.INVALID_SCOPE, "nothing is left of the scope that was granted");
        }
        Instant now = approval.now().truncatedTo(ChronoUnit.SECONDS);
        Duration remaining =
                Duration.between(now, access.map(TokenState::expiresAt).orElse(now));
        return TokenResponse.of(
                rotation.access(presented),
                remaining.isNegative() ? Duration.ZERO : remaining,
                rotation.refresh(presented),
                scopes);
    }

    private OAuthError reuse(TokenState state, Instant now) {
        UUID family = Objects.requireNonNull(state.familyId(), "a refresh token has a family");
        database.write(handle -> handle.attach(TokenDao.class).revokeFamily(family, now));
        LOG.warn("refresh token {} of client {} was used again: its family is revoked", state.id(), state.clientId());
        AuditLog.record(
                "refresh-token-reused",
                "client",
                state.clientId(),
                "user",
                state.username(),
                "token",
                state.id(),
                "family",
                family);
        return refusal();
    }
}
