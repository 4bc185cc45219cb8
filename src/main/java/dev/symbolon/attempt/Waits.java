package dev.symbolon.attempt;

import dev.symbolon.attempt.AttemptDao.Count;
import dev.symbolon.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How many failures in a row are free, and how long each of the others is to be waited after. */
record Waits(Config.Limits limits) {
    /** Stands for all places together, at which more are free. */
    static final UUID EVERYWHERE = new UUID(0, 0);

    private static final int PLACES = 10;
    private static final int MOST_DOUBLINGS = 40;

    /** By the distance: should a clock have been ahead, nobody waits longer for it. */
    boolean isIn(Count count, Instant now) {
        return Duration.between(count.failedAt(), now).abs().compareTo(after(count)) < 0;
    }

    /** @param count null for no failure so far */
    boolean beginsAfterOneMore(UUID origin, @Nullable Count count) {
        return (count == null ? 0 : count.failures()) + 1 >= free(origin);
    }

    private Duration after(Count count) {
        int doublings = count.failures() - free(count.origin());
        if (doublings < 0) {
            return Duration.ZERO;
        }
        Duration wait = limits.firstWait().multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS));
        return wait.compareTo(limits.longestWait()) < 0 ? wait : limits.longestWait();
    }

    private int free(UUID origin) {
        return limits.failures() * (origin.equals(EVERYWHERE) ? PLACES : 1);
    }
}
