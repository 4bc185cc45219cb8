package dev.symbolon.group;

import java.time.Instant;
import java.util.UUID;

/** A user in a group, since when. */
public record Member(UUID userId, String username, String groupName, Instant createdAt) {}
