package dev.symbolon.group;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A group of users.
 *
 * @param name compared exactly
 * @param members how many there are
 */
public record Group(String name, long members, Instant createdAt) {
    /** Letters, digits and signs of any script; no spaces, so that names can be listed, and no quotes. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}&&[^\"\\\\]]{1,255}");

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
