package dev.symbolon.link;

import dev.symbolon.policy.Enforcement;
import dev.symbolon.store.Database;
import dev.symbolon.store.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

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
        private final PairDao pairs;
        private final Enforcement rule;
        private final Instant now;

        private Change(Session session, Enforcement rule, Instant now) {
            this.session = session;
            this.pairs = session.attach(PairDao.class);
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
            pairs.unlinked(userId, clientId, now, pairs.nextEpoch(), rule);
        }

        /** To be called when the group's link has been deleted, while the group still has its members. */
        void groupUnlinked(String groupName, String clientId) {
            pairs.groupUnlinked(groupName, clientId, now, pairs.nextEpoch(), rule);
        }

        /** To be called when the member has been deleted, while the group still has its links. */
        public void memberRemoved(UUID userId, String groupName) {
            pairs.memberRemoved(userId, groupName, now, pairs.nextEpoch(), rule);
        }

        /** What the client holds of the user dies for good, whatever links there are. */
        public void kill(UUID userId, String clientId) {
            pairs.kill(userId, clientId, pairs.nextEpoch());
        }

        private void clearEnded() {
            long epoch = pairs.nextEpoch();
            pairs.ended(now, epoch, rule);
            pairs.groupLinksEnded(now, epoch, rule);
            pairs.deleteEnded(now);
            pairs.deleteEndedOfGroups(now);
        }
    }

    /** Runs one change as one transaction, maybe more than once: see {@link Database#writeAlone}: a group may be large. */
    public <R> R run(Function<Change, R> work) {
        return database.writeAlone(session -> {
            var change = new Change(session, rule, clock.instant());
            change.pairs.lock();
            change.clearEnded();
            return work.apply(change);
        });
    }
}
