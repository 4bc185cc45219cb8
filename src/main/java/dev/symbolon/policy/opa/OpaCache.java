package dev.symbolon.policy.opa;

import dev.symbolon.limit.RecentlyUsed;
import dev.symbolon.policy.spi.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clear answers to introspections, kept for a short time. The key is all of the input: a user who is unlinked or leaves
 * a group is another question. The least recently used answers leave first. Thread-safe.
 */
final class OpaCache {
    private record Kept(Decision decision, Instant until) {}

    private final Duration ttl;
    private final Clock clock;
    private final Map<OpaInput, Kept> answers;

    /** @param ttl zero keeps nothing */
    OpaCache(Duration ttl, int most, Clock clock) {
        this.ttl = ttl;
        this.clock = clock;
        this.answers = RecentlyUsed.map(most);
    }

    @Nullable
    Decision find(OpaInput input) {
        Kept kept = isFor(input) ? answers.get(input) : null;
        return kept != null && clock.instant().isBefore(kept.until()) ? kept.decision() : null;
    }

    /** @param askedAt the time counts from the question, not from the answer */
    void keep(OpaInput input, Decision decision, Instant askedAt) {
        if (isFor(input)) {
            answers.put(input, new Kept(decision, askedAt.plus(ttl)));
        }
    }

    private boolean isFor(OpaInput input) {
        return !ttl.isZero() && input.isIntrospection();
    }
}
