package dev.symbolon.ops;

import dev.symbolon.config.Config;
import dev.symbolon.link.Links;
import dev.symbolon.token.Tokens;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done from time to time: deleting expired tokens, ended links and what lets a rotation be retried,
 * giving back memory.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration TRIM_INTERVAL = Duration.ofSeconds(5);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "jobs");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean closing;
    private Footprint footprint;

    private Jobs() {}

    public static Jobs start(Tokens tokens, Links links, Config.Token config) {
        var jobs = new Jobs();
        jobs.every(
                config.purgeInterval(), () -> LOG.debug("deleted {} expired tokens", tokens.purge(() -> jobs.closing)));
        jobs.every(config.purgeInterval(), links::clearEnded);
        if (!config.refreshGrace().isZero()) {
            jobs.every(config.refreshGrace(), tokens::eraseRotations);
        }
        jobs.every(TRIM_INTERVAL, jobs::trim);
        return jobs;
    }

    /** Made late, since the management classes it needs would slow the start. */
    private void trim() {
        if (footprint == null) {
            footprint = new Footprint();
        }
        footprint.trim();
    }

    private void every(Duration interval, Runnable job) {
        Duration pause = interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval;
        executor.scheduleWithFixedDelay(() -> guarded(job), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A failure must not end the schedule: the next run may do better. */
    private static void guarded(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            LOG.error("a job failed and will be tried again", e);
        }
    }

    /** Waits for a running job, which works in small steps, up to five seconds. */
    @Override
    public void close() {
        closing = true;
        executor.shutdown(); // without interrupting it, which could close an H2 file
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
