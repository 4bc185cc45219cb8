package dev.symbolon.migrate;

import dev.symbolon.password.PasswordHasher;
import java.time.Instant;
import java.util.UUID;

/**
 * A user to be stored.
 *
 * @param source where it comes from, for the report
 */
public record ImportedUser(
        String source,
        UUID id,
        String username,
        byte[] nameKey,
        String passwordHash,
        boolean enabled,
        Instant createdAt) {

    public long hashWork() {
        return PasswordHasher.work(passwordHash);
    }

    public String hashScheme() {
        return PasswordHasher.scheme(passwordHash);
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "ImportedUser[" + id + "]";
    }
}
