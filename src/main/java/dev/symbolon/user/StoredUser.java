package dev.symbolon.user;

import java.time.Instant;
import java.util.UUID;

/** All that is kept of a user themselves. */
public record StoredUser(UUID id, String username, String passwordHash, boolean enabled, Instant createdAt) {
    /** Never the hash. */
    @Override
    public String toString() {
        return "StoredUser[" + id + "]";
    }
}
