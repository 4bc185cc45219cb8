package dev.symbolon.attempt;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose password or secret is tried.
 *
 * @param kind under which the log has the name: {@code user} or {@code client}
 * @param name null for a name that is nobody's: such share a fixed number of subjects, so that a spray stays bounded
 * @param typed the same for all ways to write a name, whether it is anybody's or not
 */
public record Subject(UUID id, String kind, @Nullable String name, String typed) {
    private static final int STRANGERS = 4096;

    public static Subject user(UUID id, String username, String typed) {
        return new Subject(id, "user", username, typed);
    }

    public static Subject client(String id) {
        return new Subject(Digest.of("client " + id), "client", id, id);
    }

    public static Subject stranger(String name) {
        return new Subject(new UUID(0, Digest.bucket(name, STRANGERS)), "user", null, name);
    }

    boolean isStranger() {
        return name == null;
    }
}
