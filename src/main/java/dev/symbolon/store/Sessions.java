package dev.symbolon.store;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;

/**
 * Sessions that are used again at once while there is work. One that was idle for a moment gives its connection back to
 * the pool, which tests it before it is used again, and so does an old one, which the pool may replace. Thread-safe.
 */
final class Sessions implements AutoCloseable {
    /** For so long a connection is believed in that was not tested. */
    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

    private static final long OLD_NANOS = Duration.ofMinutes(1).toNanos();

    private record Idle(Session session, long since) {
        boolean isFresh() {
            return System.nanoTime() - since < FRESH_NANOS;
        }
    }

    private final Jdbi jdbi;
    private final Semaphore free;
    private final BooleanSupplier wanted;
    private final Duration timeout;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

    /**
     * @param most as many as the pool has connections
     * @param wanted whether somebody waits at the pool, which takes its time to open another
     */
    Sessions(Jdbi jdbi, int most, BooleanSupplier wanted, Duration timeout) {
        this.jdbi = jdbi;
        this.free = new Semaphore(most);
        this.wanted = wanted;
        this.timeout = timeout;
    }

    /** @throws ConnectionException if all stay in use, or the database is away */
    <R> R use(Function<Session, R> work) {
        acquire();
        try {
            Session session = open();
            R result;
            try {
                result = work.apply(session);
            } catch (Throwable e) {
                session.close(); // the pool finds out whether it is broken
                throw e;
            }
            if (wanted.getAsBoolean() || session.age() > OLD_NANOS) {
                session.close(); // to whom the pool has wait for a new connection, or to the pool's own limit of age
            } else {
                idle.push(new Idle(session, System.nanoTime()));
                closeOldest();
            }
            return result;
        } finally {
            free.release();
        }
    }

    /** As {@link #use}, for work that leaves the connection other than it was; the pool sets it right. */
    <R> R useOnce(Function<Session, R> work) {
        acquire();
        try (Session session = open()) {
            return work.apply(session);
        } finally {
            free.release();
        }
    }

    private void acquire() {
        try {
            if (!free.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ConnectionException(new SQLTransientConnectionException("all connections are in use"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(e);
        }
    }

    private Session open() {
        Idle last = idle.poll();
        if (last != null && last.isFresh()) {
            return last.session();
        }
        if (last != null) {
            last.session().close();
        }
        return new Session(jdbi.open());
    }

    /** One at a time: after a burst the pool has them all again before long. */
    private void closeOldest() {
        Idle oldest = idle.peekLast();
        if (oldest != null && !oldest.isFresh() && idle.removeLastOccurrence(oldest)) {
            oldest.session().close();
        }
    }

    /** How many wait for one. */
    int waiting() {
        return free.getQueueLength();
    }

    @Override
    public void close() {
        for (Idle last = idle.poll(); last != null; last = idle.poll()) {
            last.session().close();
        }
    }
}
