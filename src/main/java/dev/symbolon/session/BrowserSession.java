package dev.symbolon.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A person is logged in.
 *
 * @param startedAt when the password was checked
 * @param idleUntil when it ends if no request comes before
 * @param expiresAt when it ends in any case
 */
public record BrowserSession(
        UUID id, UUID userId, String username, Instant startedAt, Instant idleUntil, Instant expiresAt) {}
