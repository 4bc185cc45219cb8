package dev.symbolon.store;

import static java.util.stream.Collectors.toMap;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows by their keys: those that are asked for while other statements run, by one statement. It begins after each
 * of the questions that it answers, so that they see all that was committed before them; a question that comes alone is
 * asked at once. Thread-safe.
 */
public final class GroupRead<K, V> {
    private static final int MOST_AT_ONCE = 256;

    private static final class Batch<K, V> {
        final Thread leader = Thread.currentThread();
        final Set<K> keys = new HashSet<>();
        final CompletableFuture<Map<K, V>> answer = new CompletableFuture<>();
    }

    private final Function<Collection<K>, List<V>> statement;
    private final Function<V, K> key;
    private final Semaphore free;
    private final Duration patience;

    /** Not begun, and joined by who comes. */
    private @Nullable Batch<K, V> open;

    /**
     * @param statement finds the rows of all those keys
     * @param atOnce how many statements may run beside each other
     * @param patience for how long to wait for one of them to end
     */
    GroupRead(Function<Collection<K>, List<V>> statement, Function<V, K> key, int atOnce, Duration patience) {
        this.statement = statement;
        this.key = key;
        this.free = new Semaphore(atOnce);
        this.patience = patience;
    }

    /** @throws ConnectionException if the database is away or overloaded */
    public Optional<V> find(K wanted) {
        Batch<K, V> batch = join(wanted);
        if (batch.leader == Thread.currentThread()) {
            lead(batch);
        }
        try {
            return Optional.ofNullable(batch.answer.join().get(wanted));
        } catch (CompletionException e) {
            RuntimeException cause = e.getCause() instanceof RuntimeException failure ? failure : e;
            if (batch.keys.size() > 1 && !Failures.isAway(cause)) {
                return statement.apply(List.of(wanted)).stream().findFirst(); // only the one at fault is to fail
            }
            throw cause;
        }
    }

    private synchronized Batch<K, V> join(K wanted) {
        Batch<K, V> batch = open == null || open.keys.size() == MOST_AT_ONCE ? new Batch<>() : open;
        batch.keys.add(wanted);
        open = batch;
        return batch;
    }

    private void lead(Batch<K, V> batch) {
        try {
            if (free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                ask(batch);
            } else {
                fail(batch, new ConnectionException(new SQLTransientConnectionException("too many reads are waiting")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(batch, new ConnectionException(e));
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted of the scheduler
    private void ask(Batch<K, V> batch) {
        try {
            Thread.yield(); // to the requests that are about to join, or each would be asked by itself
            close(batch);
            if (!batch.answer.isDone()) {
                batch.answer.complete(statement.apply(batch.keys).stream().collect(toMap(key, row -> row)));
            }
        } catch (Throwable e) { // whatever it is: others wait to be told
            fail(batch, e);
            if (Failures.isAway(e)) {
                failNext(e);
            }
        } finally {
            free.release();
        }
    }

    private synchronized void close(Batch<K, V> batch) {
        if (open == batch) {
            open = null;
        }
    }

    private void fail(Batch<K, V> batch, Throwable e) {
        close(batch);
        batch.answer.completeExceptionally(e);
    }

    /** Those who wait for their turn would find a database that is away to be so, but later. */
    private synchronized void failNext(Throwable e) {
        if (open != null) {
            fail(open, e);
        }
    }
}
