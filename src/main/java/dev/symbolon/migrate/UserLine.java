package dev.symbolon.migrate;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A user as a line of JSON.
 *
 * @param id a UUID; null: a new one
 * @param enabled null: they are
 * @param createdAt RFC 3339; null: now
 * @param password plain, and never exported; null where there is a {@code passwordHash}
 */
public record UserLine(
        @Nullable String id,
        @Nullable String username,
        @Nullable Boolean enabled,
        @Nullable String createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String password,
        @Nullable String passwordHash) {

    /** Never the password. */
    @Override
    public String toString() {
        return "UserLine[" + username + "]";
    }
}
