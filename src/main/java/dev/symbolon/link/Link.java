package dev.symbolon.link;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user, or every member of a group, may use a client. One that has ended is as good as gone.
 *
 * @param userId null for a group's link, as {@code username}, unless it was looked for by one of its members
 * @param groupName null for a user's own link
 * @param scopes the most the link allows; null if it does not say
 * @param endsAt in whole seconds; null if it does not end
 */
public record Link(
        @Nullable UUID userId,
        @Nullable String username,
        @Nullable String groupName,
        String clientId,
        @Nullable Set<String> scopes,
        @Nullable Instant endsAt,
        Instant createdAt) {}
