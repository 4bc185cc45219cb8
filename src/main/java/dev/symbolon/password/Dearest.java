package dev.symbolon.password;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a failure is made to cost, so that the time it takes tells nothing about anybody's hash.
 *
 * @param work of the dearest bcrypt hashes stored for anybody
 * @param others a stored hash of each scheme other than bcrypt, of the first eight of them
 */
public record Dearest(long work, List<String> others) {
    private static final int MOST = 8;

    /** @param next finds a stored hash of the first scheme after this one */
    public static Dearest of(long work, Function<String, Optional<String>> next) {
        List<String> others = new ArrayList<>();
        Optional<String> found = next.apply("");
        while (found.isPresent() && others.size() < MOST) {
            others.add(found.get());
            found = next.apply(PasswordHasher.scheme(found.get()));
        }
        return new Dearest(work, others);
    }

    /** Never the hashes. */
    @Override
    public String toString() {
        return "Dearest[" + work + "]";
    }
}
