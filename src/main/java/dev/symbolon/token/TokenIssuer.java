package dev.symbolon.token;

import static java.util.Comparator.naturalOrder;

import dev.symbolon.audit.LetThroughDao;
import dev.symbolon.audit.LetThroughDao.Passed;
import dev.symbolon.client.Client;
import dev.symbolon.config.Config;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.store.Database;
import dev.symbolon.store.Session;
import dev.symbolon.store.TimeOrderedId;
import dev.symbolon.token.TokenValue.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes and stores the tokens of a new login, or of a client that acts for itself. Thread-safe. */
public final class TokenIssuer {
    private final Database database;
    private final Config.Token lifetimes;
    private final @Nullable UUID doorId;
    private final boolean refreshes;

    public TokenIssuer(Database database, Config.Token lifetimes) {
        this(database, lifetimes, null, true);
    }

    private TokenIssuer(Database database, Config.Token lifetimes, @Nullable UUID doorId, boolean refreshes) {
        this.database = database;
        this.lifetimes = lifetimes;
        this.doorId = doorId;
        this.refreshes = refreshes;
    }

    /** As this one, for what goes through a door: it dies with the door, and is refreshed there or not at all. */
    public TokenIssuer through(UUID door, boolean refreshed) {
        return new TokenIssuer(database, lifetimes, door, refreshed);
    }

    /** An access token and, for a user's client that has the refresh grant, the first refresh token of a family. */
    TokenResponse issue(Approval approval) {
        return issue(approval, session -> true).orElseThrow();
    }

    /**
     * As {@link #issue(Approval)}, if what was presented can be claimed in the same transaction.
     *
     * @param claim false: nothing is issued
     */
    Optional<TokenResponse> issue(Approval approval, Predicate<Session> claim) {
        UUID family = doorId != null || isRefreshable(approval) ? TimeOrderedId.at(approval.now()) : null;
        return issue(approval, family, (session, end) -> claim.test(session));
    }

    /**
     * As {@link #issue(Approval, Predicate)}, for a family that is known before.
     *
     * @param family of all that is issued; null for none
     * @param claim gets the time at which the last of the tokens expires; false: nothing is issued
     */
    Optional<TokenResponse> issue(Approval approval, @Nullable UUID family, BiPredicate<Session, Instant> claim) {
        Instant now = approval.now();
        TokenValue access = TokenValue.random(Kind.ACCESS, now);
        TokenValue refresh = family != null && isRefreshable(approval) ? TokenValue.random(Kind.REFRESH, now) : null;
        Token accessRow = access(approval, access, family);
        List<Token> rows = new ArrayList<>(List.of(accessRow));
        if (family != null && refresh != null) {
            rows.add(refresh(approval, refresh, family, now, approval.granted()));
        }
        Instant end = end(rows);
        boolean issued = database.write(session -> {
            if (!claim.test(session, end)) {
                return false;
            }
            rows.forEach(row -> session.later(TokenDao.TOKENS, row));
            if (family != null) {
                session.later(TokenDao.NEW_FAMILIES, new Family(family, doorId, now, end));
            }
            record(session, approval);
            return true;
        });
        return issued
                ? Optional.of(TokenResponse.of(access, accessRow.lifetime(), refresh, approval.granted()))
                : Optional.empty();
    }

    /** When the last of them expires. */
    static Instant end(List<Token> rows) {
        return rows.stream().map(Token::expiresAt).max(naturalOrder()).orElseThrow();
    }

    private boolean isRefreshable(Approval approval) {
        return refreshes
                && approval.authorization().user() != null
                && approval.client().grants().contains(RefreshTokenGrant.TYPE);
    }

    Token access(Approval approval, TokenValue value, @Nullable UUID family) {
        Instant issuedAt = second(approval.now());
        Instant expiresAt = earlier(issuedAt.plus(accessTtl(approval.client())), approval.accessEnd());
        return row(approval, value, family, approval.granted(), expiresAt);
    }

    /** @param scopes those first granted to the family */
    Token refresh(Approval approval, TokenValue value, UUID family, Instant familyCreatedAt, Set<String> scopes) {
        Duration ttl = Objects.requireNonNullElse(approval.client().refreshTtl(), lifetimes.refreshTtl());
        Instant expiresAt = second(approval.now()).plus(ttl);
        Instant last = second(familyCreatedAt).plus(lifetimes.familyTtl());
        return row(approval, value, family, scopes, earlier(earlier(expiresAt, last), approval.refreshEnd()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Duration accessTtl(Client client) {
        return Objects.requireNonNullElse(client.accessTtl(), lifetimes.accessTtl());
    }

    /** What audit mode let through stands or falls with the token. */
    static void record(Session session, Approval approval) {
        String reason = approval.letThrough();
        if (reason != null) {
            PolicyRequest.User user = approval.authorization().user();
            session.later(
                    LetThroughDao.PASSED,
                    Passed.of(user == null ? null : user.id(), approval.client().id(), reason, approval.now()));
        }
    }

    private static Token row(
            Approval approval, TokenValue value, @Nullable UUID family, Set<String> scopes, Instant expiresAt) {
        Authorization authorization = approval.authorization();
        PolicyRequest.User user = authorization.user();
        return new Token(
                value.id(),
                value.kind() == Kind.REFRESH,
                value.hash(),
                family,
                authorization.grantType(),
                approval.client().id(),
                user == null ? null : user.id(),
                scopes,
                authorization.epoch(),
                second(approval.now()),
                expiresAt);
    }

    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
