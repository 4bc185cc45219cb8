package dev.symbolon.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user got tokens of a client that the policy would have refused or narrowed.
 *
 * @param userId null for tokens without a user, as {@code username}
 * @param linked whether a link covers the pair by now
 * @param times how many tokens were issued or refreshed that way
 */
public record LetThrough(
        @Nullable UUID userId,
        @Nullable String username,
        String clientId,
        String reason,
        long times,
        Instant firstAt,
        Instant lastAt,
        boolean linked) {}
