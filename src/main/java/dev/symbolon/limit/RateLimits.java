package dev.symbolon.limit;

import dev.symbolon.http.OAuthError;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What is left of the limits of all that have one. Thread-safe. */
public final class RateLimits {
    private final TimeMeter time;

    /** As many as have been used since the start; one of them begins anew when its limit is changed. */
    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

    private record Key(Object whose, String limit) {}

    public RateLimits(Clock clock) {
        time = new Time(clock);
    }

    /**
     * Takes one request.
     *
     * @param limit see {@link RateLimit}
     * @throws OAuthError 429 with {@code Retry-After} if there is none left
     */
    public void spend(Object whose, String limit) {
        ConsumptionProbe probe = buckets.computeIfAbsent(new Key(whose, limit), key -> bucket(limit))
                .tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw OAuthError.tooManyRequests(1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket(String text) {
        RateLimit limit = RateLimit.parse(text).orElseThrow();
        return Bucket.builder()
                .addLimit(any -> any.capacity(limit.requests()).refillGreedy(limit.requests(), limit.period()))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Stands still while the clock is behind where it was, instead of refusing all until it has caught up. */
    private static final class Time implements TimeMeter {
        private final Clock clock;
        private long last;
        private long nanos;

        Time(Clock clock) {
            this.clock = clock;
            this.last = clock.millis();
        }

        @Override
        public synchronized long currentTimeNanos() {
            long now = clock.millis();
            nanos += TimeUnit.MILLISECONDS.toNanos(Math.max(0, now - last));
            last = now;
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
