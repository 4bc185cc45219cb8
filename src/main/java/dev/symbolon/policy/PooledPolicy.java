package dev.symbolon.policy;

import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.policy.spi.PolicyRequest;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy of somebody else's, asked in threads of its own and for a bounded time. Calls that never return use up its
 * threads and its queue, and then it is not asked any more; never those of the service. Thread-safe.
 */
final class PooledPolicy implements Policy, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PooledPolicy.class);
    private static final int QUEUED_PER_THREAD = 4;
    private static final long IDLE_SECONDS = 10;

    private final String type;
    private final Policy policy;
    private final Duration timeout;
    private final AutoCloseable source;
    private final ThreadPoolExecutor pool;

    /** @param source where its classes come from, closed with it */
    PooledPolicy(String type, Policy policy, Duration timeout, int threads, AutoCloseable source) {
        this.type = type;
        this.policy = policy;
        this.timeout = timeout;
        this.source = source;
        var queue = new ArrayBlockingQueue<Runnable>(threads * QUEUED_PER_THREAD);
        this.pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue, task -> {
            var thread = new Thread(task, "policy-" + type);
            thread.setDaemon(true);
            thread.setContextClassLoader(policy.getClass().getClassLoader());
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public String type() {
        return type;
    }

    /** @throws IllegalStateException if it throws, takes too long, or too many answers are waited for */
    @Override
    public Decision decide(PolicyRequest request) {
        Future<Decision> answer = submit(request);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        } finally {
            answer.cancel(true);
        }
    }

    private Future<Decision> submit(PolicyRequest request) {
        try {
            return pool.submit(() -> policy.decide(request));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("too many answers are waited for", e);
        }
    }

    @Override
    public boolean enforcesLinks() {
        return policy.enforcesLinks();
    }

    @Override
    public void close() {
        pool.shutdownNow();
        try {
            source.close();
        } catch (Exception e) {
            LOG.warn("plug-in {} was not closed cleanly: {}", type, e.getMessage());
        }
    }
}
