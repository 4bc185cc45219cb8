package dev.symbolon.migrate;

import dev.symbolon.password.PasswordHasher;
import org.jspecify.annotations.Nullable;

/** A password or client secret in a line: plain or hashed, and one of the two. */
final class Secrets {
    private Secrets() {}

    /** @param member what the plain one is called; the other is called so with {@code _hash} */
    static String hash(String member, @Nullable String plain, @Nullable String hash, PasswordHasher hasher) {
        if (plain != null && hash == null) {
            return hasher.hash(plain);
        }
        JsonLines.require(plain == null && hash != null, "either " + member + " or its hash is needed");
        return usable(String.valueOf(hash));
    }

    static String usable(String hash) {
        JsonLines.require(
                PasswordHasher.isUsable(hash),
                "a hash is bcrypt ($2a$, $2b$, $2y$; cost 4 to 16), or argon2 (256 MiB at most) or PBKDF2 as a PHC string");
        return hash;
    }
}
