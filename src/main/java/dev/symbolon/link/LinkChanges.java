package dev.symbolon.link;

import dev.symbolon.link.Links.Pair;
import dev.symbolon.policy.Enforcement;
import dev.symbolon.store.Database;
import dev.symbolon.store.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.result.ResultIterator;

/**
 * The one way to change who is linked to what. Changes happen one after the other. Each begins by clearing away the
 * links that have ended, which kills what hung on them: so that what died with a link stays dead when another comes.
 * Thread-safe.
 */
public final class LinkChanges {
    private final Database database;
    private final Enforcement rule;
    private final Clock clock;

    public LinkChanges(Database database, Enforcement rule, Clock clock) {
        this.database = database;
        this.rule = rule;
        this.clock = clock;
    }

    /** One change, inside its transaction. */
    public static final class Change {
        private final Session session;
        private final PairDao dao;
        private final Enforcement rule;
        private final Instant now;

        private Change(Session session, Enforcement rule, Instant now) {
            this.session = session;
            this.dao = session.attach(PairDao.class);
            this.rule = rule;
            this.now = now;
        }

        public <D> D dao(Class<D> type) {
            return session.attach(type);
        }

        public Instant now() {
            return now;
        }

        /** To be called when the user's own link has been deleted; as the others, kills only where it was the last. */
        void unlinked(UUID userId, String clientId) {
            kill(dao.unlinked(userId, clientId, now, rule));
        }

        /** To be called when the group's link has been deleted, while the group still has its members. */
        void groupUnlinked(String groupName, String clientId) {
            kill(dao.groupUnlinked(groupName, clientId, now, rule));
        }

        /** To be called when the member has been deleted, while the group still has its links. */
        public void memberRemoved(UUID userId, String groupName) {
            kill(dao.memberRemoved(userId, groupName, now, rule));
        }

        /** What the client holds of the user dies for good, whatever links there are. */
        public void kill(UUID userId, String clientId) {
            kill(dao.pair(userId, clientId));
        }

        private void clearEnded() {
            kill(dao.ended(now, rule));
            dao.deleteEnded(now);
            dao.deleteEndedOfGroups(now);
        }

        private void kill(ResultIterable<Pair> found) {
            try (ResultIterator<Pair> pairs = found.iterator()) {
                if (!pairs.hasNext()) {
                    return;
                }
                long epoch = dao.nextEpoch();
                List<Pair> some = new ArrayList<>();
                while (pairs.hasNext()) {
                    some.add(pairs.next());
                    if (some.size() == PairDao.SOME || !pairs.hasNext()) {
                        raise(some, epoch);
                        some.clear();
                    }
                }
            }
        }

        /** Not as one statement: H2 and PostgreSQL 14 have none in common that updates a row or adds it. */
        private void raise(List<Pair> some, long epoch) {
            int[] raised = dao.raise(some, epoch);
            dao.start(
                    IntStream.range(0, raised.length)
                            .filter(i -> raised[i] == 0)
                            .mapToObj(some::get)
                            .toList(),
                    epoch);
        }
    }

    /** Runs one change as one transaction, maybe more than once: see {@link Database#writeAlone}: a group may be large. */
    public <R> R run(Function<Change, R> work) {
        return database.writeAlone(session -> {
            var change = new Change(session, rule, clock.instant());
            change.dao(Locks.class).links();
            change.clearEnded();
            return work.apply(change);
        });
    }

    /** As {@link #run}, for a request: it fails soon while others' changes take long, and clears nothing away. */
    public <R> R runSoon(Function<Change, R> work) {
        return database.writeApart(session -> {
            var change = new Change(session, rule, clock.instant());
            change.dao(Locks.class).links();
            return work.apply(change);
        });
    }
}
