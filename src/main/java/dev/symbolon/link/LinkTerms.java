package dev.symbolon.link;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a link allows, and for how long.
 *
 * @param scopes at most these; null for all
 * @param endsAt in whole seconds; null for no end
 */
public record LinkTerms(
        @Nullable Set<String> scopes, @Nullable Instant endsAt) {
    /** Every scope, without end. */
    public static final LinkTerms ALL = new LinkTerms(null, null);
}
