package dev.symbolon.ops;

import dev.symbolon.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The right to do a job, which one of several instances on a database has at a time: until it gives it up, or does not
 * prolong it. Thread-safe.
 *
 * @param length longer than clocks of instances differ; should they differ more, a job is done by two, which harms none
 */
record Lease(Database database, String name, UUID holder, Duration length, Clock clock) {
    /** Whether the job is this instance's now. Writes only when half of the lease is over. */
    boolean hold() {
        Instant now = clock.instant();
        return database.read(LeaseDao.class, dao -> dao.holder(name, now.plus(length.dividedBy(2))))
                        .filter(holder::equals)
                        .isPresent()
                || database.write(handle -> claim(handle.attach(LeaseDao.class), now));
    }

    /** Two that make the first lease at once collide, and the loser's transaction is run again. */
    private boolean claim(LeaseDao dao, Instant now) {
        Instant until = now.plus(length);
        return dao.claim(name, holder, now, until, until.plus(length))
                || (!dao.exists(name) && dao.insert(name, holder, until));
    }

    /** Another instance may take over at once. */
    void release() {
        database.write(handle -> handle.attach(LeaseDao.class).release(name, holder, clock.instant()));
    }
}
