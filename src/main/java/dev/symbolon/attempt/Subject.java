package dev.symbolon.attempt;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose password or secret is tried.
 *
 * @param kind under which the log has the name: {@code user} or {@code client}
 * @param name null for a name that is nobody's: such share a fixed number of subjects, so that a spray stays bounded
 */
public record Subject(UUID id, String kind, @Nullable String name) {
    private static final int STRANGERS = 4096;

    public static Subject user(UUID id, String username) {
        return new Subject(id, "user", username);
    }

    public static Subject client(String id) {
        return new Subject(Digest.of("client " + id), "client", id);
    }

    public static Subject stranger(String name) {
        return new Subject(new UUID(0, Digest.bucket(name, STRANGERS)), "user", null);
    }

    boolean isStranger() {
        return name == null;
    }
}
