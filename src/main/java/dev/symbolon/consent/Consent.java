package dev.symbolon.consent;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A user has agreed that a client acts for them, within these scopes. */
public record Consent(UUID userId, String username, String clientId, Set<String> scopes, Instant grantedAt) {}
