package dev.symbolon.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user got tokens of a client that the policy would have refused or narrowed.
 *
 * @param username null for tokens without a user
 * @param times how many tokens were issued or refreshed that way
 */
public record LetThrough(
        @Nullable String username, String clientId, String reason, long times, Instant firstAt, Instant lastAt) {}
