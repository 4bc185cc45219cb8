package dev.symbolon.account;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An application may act for a user.
 *
 * @param scopes of the consent and of live tokens
 * @param issuedAt when the latest of its live tokens was issued; null if it has none
 */
record Access(
        String clientId,
        String name,
        Map<String, String> scopeDescriptions,
        Set<String> scopes,
        @Nullable Instant issuedAt) {

    /** This and another one of the same application. */
    Access and(Access other) {
        Set<String> all = new TreeSet<>(scopes);
        all.addAll(other.scopes);
        boolean later = issuedAt == null || (other.issuedAt != null && other.issuedAt.isAfter(issuedAt));
        return new Access(clientId, name, scopeDescriptions, all, later ? other.issuedAt : issuedAt);
    }
}
