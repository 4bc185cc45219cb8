package dev.symbolon.migrate;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live token to be stored. Each has a family of its own, since nothing says which came of the same login.
 *
 * @param nameKey of its user; null for a token without one
 */
public record ImportedToken(
        UUID id,
        boolean refresh,
        byte[] hash,
        String grantType,
        String clientId,
        byte @Nullable [] nameKey,
        Set<String> scopes,
        Instant expiresAt) {}
