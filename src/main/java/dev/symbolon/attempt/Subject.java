package dev.symbolon.attempt;

import java.util.UUID;

/**
 * Whose password or secret is tried.
 *
 * @param stranger nobody of that name: such names share a fixed number of subjects, so that a spray of them stays bounded
 * @param words who that is, for the log
 */
public record Subject(UUID id, boolean stranger, String words) {
    private static final int STRANGERS = 4096;

    public static Subject user(UUID id) {
        return new Subject(id, false, "user " + id);
    }

    public static Subject client(String id) {
        return new Subject(Digest.of("client " + id), false, "client " + id);
    }

    public static Subject stranger(String name) {
        return new Subject(new UUID(0, Digest.bucket(name, STRANGERS)), true, "names that are nobody's");
    }
}
