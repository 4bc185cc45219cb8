package dev.symbolon.attempt;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.symbolon.attempt.AttemptDao.Count;
import dev.symbolon.audit.AuditLog;
import dev.symbolon.config.Config;
import dev.symbolon.password.Dearest;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.password.Turn;
import dev.symbolon.store.Database;
import dev.symbolon.store.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes those wait who try passwords or secrets, longer with each failure. Thread-safe; what counts is in the database.
 *
 * <p>Failures are counted by subject and place, and those of passwords by subject everywhere as well: not those of
 * secrets, since a program that comes from a new address cannot show that it is no stranger. What succeeded before from an
 * origin that it is known by again is counted by itself: whatever others do to its name, it is not held up.
 *
 * <p>A try is counted after it is checked, so that a success after none that failed writes nothing. Only as many go
 * uncounted meanwhile as are checked at once.
 */
public final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final Database database;
    private final PasswordHasher hasher;
    private final Config.Limits config;
    private final Waits waits;
    private final Familiar familiar;
    private final Clock clock;

    public Attempts(Database database, PasswordHasher hasher, Config.Limits config, Clock clock) {
        this.database = database;
        this.hasher = hasher;
        this.config = config;
        this.waits = new Waits(config);
        this.familiar = new Familiar(config);
        this.clock = clock;
    }

    /**
     * One try, from before it is checked.
     *
     * @param held it must fail, whatever it is, in the time that another failure takes
     * @param counted by which its failure is counted
     * @param failures of the one with the most
     * @param last one more begins a wait
     * @param known when what succeeds from here is forgotten; null if nothing has succeeded
     */
    private record Attempt(
            Subject subject,
            Origin origin,
            boolean held,
            List<UUID> counted,
            int failures,
            boolean last,
            @Nullable Instant known) {}

    /**
     * Checks a password or secret, or fails in the same time if whoever tries it has to wait. Whether they have to is
     * looked up when its turn has come, so that those which came at once are counted, too.
     *
     * @param hashes of which it has to match one; see {@link PasswordHasher#verify} for the rest
     * @return the one that it matches
     */
    public Optional<String> check(
            Subject subject,
            Origin origin,
            Turn.Part part,
            String password,
            List<String> hashes,
            Dearest dearest,
            boolean alike) {
        var attempt = new AtomicReference<Attempt>();
        Supplier<List<String>> stored = () -> {
            Attempt begun = begin(subject, origin, part);
            attempt.set(begun);
            return begun.held() ? List.of() : hashes;
        };
        Optional<String> matched = hasher.verify(turn(subject, origin, part), password, stored, dearest, alike);
        Attempt made = Objects.requireNonNull(attempt.get());
        if (matched.isPresent()) {
            succeeded(made, alike);
        } else {
            if (part == Turn.Part.SECRETS && subject.name() != null) {
                familiar.failed(subject.name(), origin.address(), clock.instant());
            }
            failed(made);
        }
        return matched;
    }

    /**
     * Takes a secret that was checked before as it is, but not where its client has to wait. That is looked up unless the
     * client is {@link Familiar} there.
     *
     * @param remembered asked last, so that a right one takes as long as a wrong one where it has to wait
     */
    public boolean admits(String clientId, String address, BooleanSupplier remembered) {
        if (familiar.contains(clientId, address, clock.instant())) {
            return remembered.getAsBoolean();
        }
        Attempt attempt = begin(Subject.client(clientId), Origin.address(address), Turn.Part.SECRETS);
        if (attempt.held() || !remembered.getAsBoolean()) {
            return false;
        }
        succeeded(attempt, false);
        familiar.succeeded(clientId, address, clock.instant());
        return true;
    }

    /**
     * On whose account it is checked. All clients that there are not have one account, which a flood of made-up ids
     * fills and no more; users who are not must not be told from those who are, so theirs goes by the name that was typed.
     * Who is known again has an account apart from all others that try the same name.
     */
    private Turn turn(Subject subject, Origin origin, Turn.Part part) {
        Object whose = subject.isStranger() && part == Turn.Part.SECRETS ? part : subject.typed();
        Optional<Object> apart = known(subject, origin).map(sign -> List.of(whose, sign));
        return new Turn(part, apart.orElse(whose), List.of(origin.place(), origin.address()));
    }

    /** By what the subject is known again there. Looked up for strangers as well, so that they take as long. */
    private Optional<UUID> known(Subject subject, Origin origin) {
        if (config.failures() == 0) {
            return Optional.empty();
        }
        UUID sign = origin.known().orElse(Waits.EVERYWHERE);
        List<Count> counts =
                database.read(AttemptDao.class, dao -> dao.find(subject.id(), sign, sign, sign, clock.instant()));
        return origin.known().filter(any -> !counts.isEmpty() && !subject.isStranger());
    }

    private Attempt begin(Subject subject, Origin where, Turn.Part part) {
        Origin origin = subject.isStranger() ? where.ofStranger() : where;
        if (config.failures() == 0) {
            return new Attempt(subject, origin, false, List.of(), 0, false, Instant.MAX);
        }
        Instant now = clock.instant();
        UUID sign = origin.known().orElse(Waits.EVERYWHERE);
        Map<UUID, Count> counts = database
                .read(AttemptDao.class, dao -> dao.find(subject.id(), Waits.EVERYWHERE, origin.place(), sign, now))
                .stream()
                .collect(toMap(Count::origin, identity()));
        Count known = origin.known().map(counts::get).orElse(null);
        List<UUID> unknown =
                part == Turn.Part.SECRETS ? List.of(origin.place()) : List.of(Waits.EVERYWHERE, origin.place());
        List<UUID> counted = known == null ? unknown : List.of(sign);
        List<Count> found =
                counted.stream().map(counts::get).filter(Objects::nonNull).toList();
        return new Attempt(
                subject,
                origin,
                found.stream().anyMatch(count -> waits.isIn(count, now)),
                counted,
                found.stream().mapToInt(Count::failures).max().orElse(0),
                counted.stream().anyMatch(place -> waits.beginsAfterOneMore(place, counts.get(place))),
                known == null ? null : known.expiresAt());
    }

    private void failed(Attempt attempt) {
        if (attempt.counted().isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant end = now.plus(FORGOTTEN_AFTER);
        int more = attempt.held() ? 0 : 1;
        database.write(session -> {
            attempt.counted().forEach(origin -> count(session, attempt.subject().id(), origin, more, now, end));
            return true;
        });
        if (attempt.last() && !attempt.held()) {
            Subject subject = attempt.subject();
            AuditLog.record("wait-began", subject.kind(), subject.name(), "failures", attempt.failures() + 1);
        }
    }

    private static void count(Session session, UUID subject, UUID origin, int more, Instant now, Instant end) {
        AttemptDao dao = session.attach(AttemptDao.class);
        if (!dao.count(subject, origin, more, now, end)) {
            dao.insert(subject, origin, more, now, end);
        }
    }

    /**
     * Forgets the failures that it was counted with, and remembers where it came from.
     *
     * @param alike to take as long as a failure, which writes
     */
    private void succeeded(Attempt attempt, boolean alike) {
        Instant now = clock.instant();
        boolean fresh = attempt.origin().sign() == null || isFresh(attempt.known(), now);
        if (attempt.counted().isEmpty() || (!alike && fresh && attempt.failures() == 0)) {
            return;
        }
        UUID subject = attempt.subject().id();
        try {
            database.write(session -> {
                AttemptDao dao = session.attach(AttemptDao.class);
                attempt.counted().forEach(origin -> dao.forgive(subject, origin));
                attempt.origin().known().ifPresent(sign -> know(dao, subject, sign, now));
                return true;
            });
        } catch (JdbiException e) { // it is one all the same: a disk that is full keeps nobody from reading
            LOG.warn("a success could not be remembered: {}", e.getMessage());
        }
    }

    /** It is written again when half its time has passed. */
    private boolean isFresh(@Nullable Instant known, Instant now) {
        return known != null && known.isAfter(now.plus(config.knownFor().dividedBy(2)));
    }

    private void know(AttemptDao dao, UUID subject, UUID sign, Instant now) {
        Instant end = now.plus(config.knownFor());
        if (!dao.know(subject, sign, end)) {
            dao.insert(subject, sign, 0, now, end);
        }
    }

    /** As {@link #forgive}, on record. */
    public void unlock(UUID userId, String username) {
        forgive(userId);
        AuditLog.record("user-unlocked", "user", username);
    }

    /** Nobody has to wait for what has failed so far of that user, or of that {@link Subject}. */
    public void forgive(UUID subject) {
        database.write(session -> session.attach(AttemptDao.class).forgive(subject));
    }

    /**
     * Deletes what is forgotten, in small transactions.
     *
     * @param enough asked between them whether to leave the rest to another time
     */
    public void purge(BooleanSupplier enough) {
        AttemptDao.EXPIRED.purge(database, clock.instant(), enough);
    }
}
