package dev.symbolon.ops;

import dev.symbolon.attempt.Attempts;
import dev.symbolon.audit.AuditHandover;
import dev.symbolon.config.Config;
import dev.symbolon.link.Links;
import dev.symbolon.session.BrowserSessions;
import dev.symbolon.store.Database;
import dev.symbolon.token.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done from time to time: deleting what has expired or ended and what lets a rotation be retried, by one
 * instance at a time; logging what commands did, looking after the database file and giving back memory, by each.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration SHORTEST_LEASE = Duration.ofMinutes(1);

    private static final Duration TRIM_INTERVAL = Duration.ofSeconds(5);

    private static final Duration HANDOVER_INTERVAL = Duration.ofSeconds(2);

    /** A long purge must not keep the others waiting. */
    private static final int THREADS = 2;

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(THREADS, task -> {
        var thread = new Thread(task, "jobs");
        thread.setDaemon(true);
        return thread;
    });

    private final Database database;
    private final Clock clock;
    private final UUID instance = UUID.randomUUID();
    private final List<Lease> leases = new ArrayList<>();
    private volatile boolean closing;
    private @Nullable Footprint footprint;

    private Jobs(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public static Jobs start(
            Database database,
            Tokens tokens,
            Links links,
            BrowserSessions sessions,
            Attempts attempts,
            AuditHandover handover,
            Config.Token config,
            MeterRegistry registry,
            Clock clock) {
        var jobs = new Jobs(database, clock);
        Timer purges = Timer.builder("symbolon.purge")
                .description("Runs of the job that deletes what has expired")
                .register(registry);
        Counter deleted = Counter.builder("symbolon.purge.tokens")
                .description("Expired tokens that were deleted")
                .register(registry);
        jobs.alone("purge", config.purgeInterval(), lease -> {
            Timer.Sample run = Timer.start();
            BooleanSupplier enough = jobs.enough(lease);
            links.clearEnded();
            int purged = tokens.purge(enough);
            deleted.increment(purged);
            sessions.purge(enough);
            attempts.purge(enough);
            LOG.debug("deleted {} expired tokens", purged);
            run.stop(purges); // one that failed does not count: the alert is for that
        });
        if (!config.refreshGrace().isZero()) {
            jobs.alone("rotation", config.refreshGrace(), lease -> tokens.eraseRotations(jobs.enough(lease)));
        }
        jobs.every(HANDOVER_INTERVAL, handover::log);
        jobs.every(Database.UPKEEP_INTERVAL, database::maintain);
        jobs.every(TRIM_INTERVAL, jobs::trim);
        return jobs;
    }

    private BooleanSupplier enough(Lease lease) {
        return () -> closing || !lease.hold();
    }

    /** Made late, since the management classes it needs would slow the start. */
    private void trim() {
        if (footprint == null) {
            footprint = new Footprint();
        }
        footprint.trim();
    }

    /** Of all instances on the database, one does this: the same one for as long as it runs. */
    private void alone(String name, Duration interval, Consumer<Lease> job) {
        Duration length = interval.multipliedBy(3);
        var lease = new Lease(
                database, name, instance, length.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : length, clock);
        leases.add(lease);
        every(interval, () -> {
            if (lease.hold()) {
                job.accept(lease);
            }
        });
    }

    /** Each instance does this, with that pause between two runs. */
    public void every(Duration interval, Runnable job) {
        Duration pause = interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval;
        executor.scheduleWithFixedDelay(() -> guarded(job), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A failure must not end the schedule: the next run may do better. */
    private static void guarded(Runnable job) {
        try {
            job.run();
        } catch (JdbiException e) {
            if (Database.isUnavailable(e)) {
                LOG.warn("a job has to wait, the database is away: {}", e.getMessage());
            } else {
                LOG.error("a job failed and will be tried again", e);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("a job failed and will be tried again", e);
        }
    }

    /** Waits for a running job, which works in small steps, up to five seconds. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        executor.shutdown(); // without interrupting it, which could close an H2 file
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leases.forEach(lease -> guarded(lease::release));
    }
}
