package dev.symbolon.policy;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the gate says, mode and all. */
public sealed interface Verdict {
    /**
     * @param scopes what is granted of what was asked for
     * @param letThrough what would have been refused or narrowed, had the mode not been audit; null if nothing
     */
    record Granted(SortedSet<String> scopes, @Nullable String letThrough) implements Verdict {
        Granted(Set<String> scopes, @Nullable String letThrough) {
            this(new TreeSet<>(scopes), letThrough);
        }
    }

    /** @param reason the policy's */
    record Refused(String reason) implements Verdict {}
}
