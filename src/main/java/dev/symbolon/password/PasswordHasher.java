package dev.symbolon.password;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes and verifies passwords and client secrets in a pool that leaves cores for everything else. Thread-safe.
 *
 * <p>Work is counted in units of 2<sup>cost</sup>. A failure always costs as much as the dearest stored hash or pair of
 * hashes does, and one verification in each other scheme there is, so that a name that is unknown, a hash of another
 * cost, one that another program made and a client with two secrets take the same time.
 */
public final class PasswordHasher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordHasher.class);
    private static final long WAIT_SECONDS = 10;
    private static final Duration[] LATENCIES = IntStream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final int MOST_CHARACTERS = 255;

    private final int cost;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final FairQueue queue = new FairQueue();
    private final ExecutorService pool;
    private volatile @Nullable Timer waits;
    private volatile @Nullable Timer works;

    /** @param cost bcrypt's, 4 to 16 */
    public PasswordHasher(int cost) {
        this.cost = cost;
        this.pool = Executors.newFixedThreadPool(Math.max(1, cores - 1), task -> {
            var thread = new Thread(task, "bcrypt");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Has the registry time what is hashed and verified, and how long it waited before. */
    public void monitor(MeterRegistry registry) {
        Gauge.builder("symbolon.bcrypt.queue", queue, FairQueue::size)
                .description("Passwords and secrets that wait to be hashed or verified")
                .register(registry);
        waits = timer(registry, "symbolon.bcrypt.wait", "How long they waited");
        works = timer(registry, "symbolon.bcrypt", "How long it took to hash or verify them");
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /**
     * @throws IllegalArgumentException if it is empty, has a NUL or more than 1,024 characters
     * @throws BusyException if the pool is full
     */
    public String hash(String password) {
        if (Bcrypt.isImpossible(password)) {
            throw new IllegalArgumentException(
                    "a password or secret must have 1 to 1,024 characters, none of them NUL");
        }
        return inPool(Turn.NEW, () -> Bcrypt.hash(cost, password));
    }

    /**
     * The first stored hash that the password matches.
     *
     * @param turn who has to wait if others were first
     * @param stored asked when its turn has come; none for a name that is unknown or disabled, or has to wait
     * @param dearest what a failure is made to cost
     * @param alike whether a success is made to cost as much, so that it cannot be told from a failure
     * @throws BusyException if there is no room left, of all or for one of them
     */
    public Optional<String> verify(
            Turn turn, String password, Supplier<List<String>> stored, Dearest dearest, boolean alike) {
        return inPool(turn, () -> {
            long start = System.nanoTime();
            List<String> hashes = stored.get();
            Optional<String> matched = Optional.empty();
            long spent = 0;
            Set<String> schemes = new HashSet<>();
            boolean possible = !Bcrypt.isImpossible(password);
            for (String hash : possible ? hashes : List.<String>of()) {
                spent += work(hash);
                schemes.add(scheme(hash));
                if (isMatch(password, hash)) {
                    matched = Optional.of(hash);
                    break;
                }
            }
            if (alike || matched.isEmpty()) {
                spend(Math.max(0, Math.max(dearest.work(), 1L << cost) - spent));
                for (String other : possible ? dearest.others() : List.<String>of()) {
                    if (schemes.add(scheme(other))) {
                        isMatch(password, other); // for the time it takes
                    }
                }
                rest(System.nanoTime() - start);
            }
            return matched;
        });
    }

    private static boolean isMatch(String password, String stored) {
        return isBcrypt(stored) ? Bcrypt.verify(password, stored) : ForeignHash.verify(password, stored);
    }

    private static boolean isBcrypt(String stored) {
        return Bcrypt.isOwn(stored) || Bcrypt.isForeign(stored);
    }

    /** Hashes a proved password anew at the configured cost when the pool gets to it: nobody waits for it. */
    public void rehash(String password, Consumer<String> save) {
        try {
            pool.execute(() -> {
                try {
                    save.accept(Bcrypt.hash(cost, password));
                } catch (RuntimeException e) {
                    LOG.warn("a hash was not redone, it is left to the next success: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("no hash is redone while the pool is being closed");
        }
    }

    /** Whether a hash, of ours or of another program's, can be stored and verified. */
    public static boolean isUsable(String hash) {
        return hash.length() <= MOST_CHARACTERS
                && (Bcrypt.isForeign(hash.substring(Bcrypt.isOwn(hash) ? Bcrypt.MARK.length() : 0))
                        || ForeignHash.isOne(hash));
    }

    /** Units of work that verifying against this hash takes; those of another scheme than bcrypt count by themselves. */
    public static long work(String stored) {
        return isBcrypt(stored) ? 1L << Bcrypt.cost(stored) : 0;
    }

    /** What another program's hash has in common with those that take as long to verify; empty for bcrypt. */
    public static String scheme(String stored) {
        return isBcrypt(stored) ? "" : ForeignHash.scheme(stored);
    }

    /** Whether the hash should be redone: another cost is configured now, or another program made it. */
    public boolean isOutdated(String stored) {
        return !Bcrypt.isOwn(stored) || Bcrypt.cost(stored) != cost;
    }

    /** Lets what is under way end, up to five seconds; interrupting it could close an H2 file. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            pool.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A sum of powers of two is spent power by power. */
    private static void spend(long work) {
        for (int power = Bcrypt.MIN_COST; power < Integer.SIZE; power++) {
            if ((work >> power & 1) == 1) {
                Bcrypt.spend(power);
            }
        }
    }

    /**
     * The one thread on one core would take half of it from everybody else, as long as wrong passwords come, and to switch
     * to and fro costs them, too; this leaves them three quarters at best. Before the answer, so that who waits for one does not
     * send the next meanwhile.
     */
    private void rest(long worked) throws InterruptedException {
        if (cores == 1) {
            TimeUnit.NANOSECONDS.sleep(worked);
        }
    }

    private <T> Callable<T> timed(Callable<T> task) {
        Timer wait = waits;
        Timer work = works;
        if (wait == null || work == null) {
            return task;
        }
        long start = System.nanoTime();
        return () -> {
            wait.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return work.recordCallable(task);
        };
    }

    private <T> T inPool(Turn turn, Callable<T> work) {
        var task = new FutureTask<>(timed(work));
        if (!start(turn, task)) {
            throw new BusyException();
        }
        try {
            return task.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BusyException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            queue.leave(turn, task);
        }
    }

    private boolean start(Turn turn, FutureTask<?> task) {
        boolean room = queue.enter(turn, task);
        if (room) {
            try {
                pool.execute(queue::runNext);
            } catch (RejectedExecutionException e) { // it is being closed
                queue.leave(turn, task);
                return false;
            }
        }
        return room;
    }
}
