package dev.symbolon.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that comes of one login.
 *
 * @param doorId the door that it came through and is bound to; null for none
 * @param expiresAt not before the last of its tokens does
 */
public record Family(UUID id, @Nullable UUID doorId, Instant createdAt, Instant expiresAt) {}
