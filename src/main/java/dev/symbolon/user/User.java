package dev.symbolon.user;

import java.time.Instant;
import java.util.UUID;

/** A user, as an operator sees them. */
public record User(UUID id, String username, boolean enabled, Instant createdAt) {}
