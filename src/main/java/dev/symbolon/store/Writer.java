package dev.symbolon.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.util.VirtualThreads;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one thread takes all writes that wait, has them committed in one transaction that is made durable once,
 * and answers them. A write that comes alone is committed at once. Thread-safe.
 *
 * <p>When a transaction of several fails, each of them is tried by itself, so that only what is at fault fails.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    static final int MOST_WAITING = 512;
    private static final int MOST_AT_ONCE = 256;

    /** Of writes that are tried apart, so many may wait in vain for what another transaction holds. */
    private static final int MOST_LOCKED = 2;

    private static final Duration[] LATENCIES = IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What one caller wants written, and the answer it waits for. */
    static final class Write<R> {
        private final Function<Session, R> work;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private final long since = System.nanoTime();
        private @Nullable R result;

        Write(Function<Session, R> work) {
            this.work = work;
        }

        void run(Session session) {
            result = work.apply(session);
        }

        /** What the last run of the work came to. */
        @SuppressWarnings("NullAway") // null is for the work to say
        R result() {
            return result;
        }

        private void succeed() {
            answer.complete(result);
        }

        private void fail(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        private void failIfLate(long now) {
            if (now - since > TIMEOUT.toNanos()) {
                fail(busy("a write took too long"));
            }
        }
    }

    private final BlockingQueue<Write<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Write<?> end = new Write<>(session -> true);
    private final Consumer<List<Write<?>>> transaction;
    private volatile List<Write<?>> underway = List.of();
    private volatile boolean closing;
    private volatile @Nullable DistributionSummary sizes;
    private volatile @Nullable Timer times;

    /** @param transaction runs all writes it is given in one transaction, which is durable when it returns */
    Writer(Consumer<List<Write<?>>> transaction) {
        this.transaction = transaction;
        Executor virtual = VirtualThreads.getDefaultVirtualThreadsExecutor(); // null before Java 21
        Executor executor = Objects.requireNonNullElse(virtual, Writer::onPlatformThread);
        executor.execute(this::serve);
        executor.execute(this::watch);
    }

    private static void onPlatformThread(Runnable task) {
        var thread = new Thread(task, "writer");
        thread.setDaemon(true);
        thread.start();
    }

    void monitor(MeterRegistry registry) {
        Gauge.builder("symbolon.write.queue", waiting, BlockingQueue::size)
                .description("Writes that wait for the next transaction")
                .register(registry);
        sizes = DistributionSummary.builder("symbolon.write.batch")
                .description("Writes that were committed in one transaction")
                .serviceLevelObjectives(1, 2, 5, 10, 25, 50, 100, MOST_AT_ONCE)
                .register(registry);
        times = Timer.builder("symbolon.write")
                .description("Transactions of one or more writes, until they are durable")
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /**
     * Returns when the work is done and durable.
     *
     * @throws ConnectionException if too much is waiting already, or it took too long and may have been written or not
     */
    <R> R write(Function<Session, R> work) {
        var write = new Write<>(work);
        boolean taken = !closing && waiting.offer(write);
        if (!taken || (closing && waiting.remove(write))) { // nobody would take it any more
            throw busy(closing ? "the database is being closed" : "too many writes are waiting");
        }
        try {
            return write.answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("a write was interrupted");
        }
    }

    private static ConnectionException busy(String why) {
        return new ConnectionException(new SQLTransientConnectionException(why));
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted of the scheduler
    private void serve() {
        List<Write<?>> batch = new ArrayList<>();
        while (!batch.contains(end)) {
            batch.clear();
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) { // nobody has a reason to; the queue must be served
                continue;
            }
            Thread.yield(); // to the requests that are about to join, or each would be committed by itself
            waiting.drainTo(batch, MOST_AT_ONCE - 1);
            underway = batch.stream().filter(write -> !write.answer.isDone()).toList();
            commit(underway);
        }
    }

    /** Ends waits that are too long. Were each of them timed, to set and to stop the clock would cost a tenth of a request. */
    private void watch() {
        while (!end.answer.isDone()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) { // nobody has a reason to
                continue;
            }
            long now = System.nanoTime();
            Stream.concat(waiting.stream(), underway.stream())
                    .filter(write -> write != end)
                    .forEach(write -> write.failIfLate(now));
        }
    }

    private void commit(List<Write<?>> writes) {
        attempt(writes).ifPresent(failure -> {
            if (writes.size() == 1 || Failures.isAway(failure)) {
                writes.forEach(write -> write.fail(failure));
            } else {
                commitApart(writes);
            }
        });
    }

    /** Until nothing more can be hoped for: that each of them waits for what somebody holds would keep all others waiting. */
    private void commitApart(List<Write<?>> writes) {
        Optional<Throwable> hopeless = Optional.empty();
        int locked = 0;
        for (Write<?> write : writes) {
            Optional<Throwable> failure =
                    hopeless.isPresent() || write.answer.isDone() ? hopeless : attempt(List.of(write));
            failure.ifPresent(write::fail);
            locked += failure.filter(Failures::isLocked).isPresent() ? 1 : 0;
            if (locked == MOST_LOCKED || failure.filter(Failures::isAway).isPresent()) {
                hopeless = failure;
            }
        }
    }

    private Optional<Throwable> attempt(List<Write<?>> writes) {
        long start = System.nanoTime();
        try {
            transaction.accept(writes);
        } catch (Throwable e) { // whatever it is: this thread must not end
            return Optional.of(e);
        }
        writes.forEach(Write::succeed);
        measure(writes.size(), System.nanoTime() - start);
        return Optional.empty();
    }

    private void measure(int size, long nanos) {
        if (sizes != null && times != null) {
            sizes.record(size);
            times.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Ends when all that waits has been written. */
    @Override
    public void close() {
        closing = true;
        try {
            waiting.offer(end, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            end.answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not all writes were finished: {}", e.getMessage());
        }
    }
}
