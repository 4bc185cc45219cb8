package dev.symbolon.policy;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the gate says, mode and all. */
public sealed interface Verdict {
    /** In one word, for logs and metrics. */
    String outcome();

    /** Why it was not simply allowed; empty if it was. */
    String reason();

    /**
     * @param scopes what is granted of what was asked for
     * @param letThrough what would have been refused or narrowed, had the mode not been audit; null if nothing
     */
    record Granted(SortedSet<String> scopes, @Nullable String letThrough) implements Verdict {
        Granted(Set<String> scopes, @Nullable String letThrough) {
            this(new TreeSet<>(scopes), letThrough);
        }

        @Override
        public String outcome() {
            return letThrough == null ? "allow" : "let-through";
        }

        @Override
        public String reason() {
            return letThrough == null ? "" : letThrough;
        }
    }

    /** @param reason the policy's */
    record Refused(String reason) implements Verdict {
        @Override
        public String outcome() {
            return "deny";
        }
    }
}
