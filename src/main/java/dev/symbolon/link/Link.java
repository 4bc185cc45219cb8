package dev.symbolon.link;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One user may use one client.
 *
 * @param scopes the most the link allows; null if it does not say
 */
public record Link(
        UUID userId,
        String username,
        String clientId,
        @Nullable Set<String> scopes,
        Instant createdAt) {}
