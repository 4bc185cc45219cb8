package dev.symbolon.authorize;

/**
 * A refusal that the client is told by a redirect (RFC 6749 section 4.1.2.1).
 *
 * @param description ours, in the characters that the RFC allows
 */
record AuthorizationError(String code, String description) {
    static final AuthorizationError ACCESS_DENIED =
            new AuthorizationError("access_denied", "the user may not or does not want to");
    static final AuthorizationError LOGIN_REQUIRED = new AuthorizationError("login_required", "the user has to log in");
    static final AuthorizationError CONSENT_REQUIRED =
            new AuthorizationError("consent_required", "the user has to be asked for consent");

    static AuthorizationError invalidRequest(String description) {
        return new AuthorizationError("invalid_request", description);
    }

    static AuthorizationError invalidScope(String description) {
        return new AuthorizationError("invalid_scope", description);
    }
}
