package dev.symbolon.token;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.policy.PolicyMode;
import dev.symbolon.policy.Verdict;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import dev.symbolon.store.Database;
import dev.symbolon.store.GroupRead;
import dev.symbolon.store.TimeOrderedId;
import dev.symbolon.token.TokenValue.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds tokens, judges whether they are good, and takes them back. Thread-safe. */
public final class Tokens {
    /** For so long a device that polls is told that its code has expired, and not that there is none. */
    private static final Duration DEVICE_CODES_KEPT = Duration.ofMinutes(10);

    private final Database database;
    private final PolicyGate gate;
    private final Duration refreshGrace;
    private final Clock clock;
    private final GroupRead<UUID, TokenState> states;

    public Tokens(Database database, PolicyGate gate, Duration refreshGrace, Clock clock) {
        this.database = database;
        this.gate = gate;
        this.refreshGrace = refreshGrace;
        this.clock = clock;
        this.states = database.groupRead(TokenDao.class, (dao, ids) -> dao.find(ids, clock.instant()), TokenState::id);
    }

    /** Any token of ours, alive or not; empty if there is none with that secret. */
    public Optional<TokenState> find(TokenValue presented) {
        return find(presented.id())
                .filter(state -> presented.matches(state.hash()))
                .filter(state -> presented.kind() == Kind.FOREIGN
                        || presented.kind() == (state.refresh() ? Kind.REFRESH : Kind.ACCESS));
    }

    /** For operators, who know tokens by their ids. */
    public Optional<TokenState> find(UUID id) {
        return states.find(id);
    }

    /** A page of tokens that are neither expired nor rotated, in the order of issue; some of them may be dead. */
    public List<TokenState> list(UUID after, @Nullable UUID userId, @Nullable String clientId, int most) {
        Instant now = clock.instant();
        return database.read(
                TokenDao.class,
                dao -> userId == null
                        ? dao.list(after, now, clientId, most)
                        : dao.listOf(userId, after, now, clientId, most));
    }

    /**
     * What a token is good for now: the scopes that client and policy allow of those it has. Empty if it is not alive,
     * or nothing is left of something.
     *
     * @throws dev.symbolon.policy.NoDecisionException if the policy does not know
     */
    public Optional<SortedSet<String>> goodFor(TokenState state, String address) {
        return goodFor(state, address, gate::ask);
    }

    /** As {@link #goodFor}, for an operator who wants to know. */
    public Optional<SortedSet<String>> considered(TokenState state) {
        return goodFor(state, "", gate::consider);
    }

    private interface Question {
        Verdict ask(PolicyRequest request, @Nullable String policy, @Nullable PolicyMode mode);
    }

    private Optional<SortedSet<String>> goodFor(TokenState state, String address, Question question) {
        if (!state.isLive(clock.instant())) {
            return Optional.empty();
        }
        Set<String> registered = state.stillRegistered(state.scopes());
        Verdict verdict = question.ask(
                state.policyRequest(Moment.INTROSPECT, registered, address), state.policy(), state.policyMode());
        return verdict instanceof Verdict.Granted granted
                        && (state.scopes().isEmpty() || !granted.scopes().isEmpty())
                ? Optional.of(granted.scopes())
                : Optional.empty();
    }

    /** Takes back a token and all that came of the same login (RFC 7009 section 2.1). */
    public void revoke(TokenState state) {
        UUID family = state.familyId();
        database.write(handle -> {
            TokenDao dao = handle.attach(TokenDao.class);
            return family == null ? dao.delete(state.id()) : dao.revokeFamily(family, clock.instant());
        });
        AuditLog.record(
                "token-revoked",
                "client",
                state.clientId(),
                "user",
                state.username(),
                "token",
                state.id(),
                "family",
                family);
    }

    /**
     * Deletes what has expired, in small transactions.
     *
     * @param enough asked between them whether to leave the rest to another time
     * @return how many tokens that were
     */
    public int purge(BooleanSupplier enough) {
        Instant now = clock.instant();
        eraseRotations(enough);
        int tokens = TokenDao.EXPIRED.purge(database, now, enough);
        TokenDao.EXPIRED_FAMILIES.purge(database, now, enough);
        AuthorizationCodeDao.EXPIRED.purge(database, now, enough);
        DeviceCodeDao.EXPIRED.purge(database, now.minus(DEVICE_CODES_KEPT), enough);
        DeviceCodeDao.ENDED_ATTEMPTS.purge(database, now, enough);
        return tokens;
    }

    /**
     * Makes sure that nothing can be derived from a rotated token whose grace is over.
     *
     * @param enough as in {@link #purge}
     */
    public void eraseRotations(BooleanSupplier enough) {
        Instant now = clock.instant();
        UUID last = TimeOrderedId.last(now.minus(refreshGrace));
        List<UUID> ended;
        do {
            ended = database.read(TokenDao.class, dao -> dao.endedRotations(last, now));
            erase(ended);
        } while (!ended.isEmpty() && !enough.getAsBoolean());
    }

    private void erase(List<UUID> ended) {
        if (!ended.isEmpty()) {
            database.write(session -> {
                session.attach(TokenDao.class).eraseRotationsInto(ended);
                return true;
            });
        }
    }
}
