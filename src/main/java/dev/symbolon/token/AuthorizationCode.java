package dev.symbolon.token;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row of an authorization code (RFC 6749 section 4.1.2).
 *
 * @param hash SHA-256 of the random part
 * @param redirectUri where the code was sent to
 * @param redirectUriSent whether the request named it, so that the exchange has to as well
 * @param challenge of PKCE, S256 (RFC 7636 section 4.2); null if there was none
 * @param familyId of all that it is exchanged for
 * @param epoch the sum of the counters of client, user and pair, read before the login was checked
 * @param usedAt null until it is exchanged
 */
public record AuthorizationCode(
        UUID id,
        byte[] hash,
        String clientId,
        UUID userId,
        Set<String> scopes,
        String redirectUri,
        boolean redirectUriSent,
        @Nullable String challenge,
        UUID familyId,
        long epoch,
        Instant expiresAt,
        @Nullable Instant usedAt) {

    /** RFC 6749 section 4.1.3: named again exactly if it was named before, and identical. */
    boolean isFor(@Nullable String givenRedirectUri) {
        return givenRedirectUri == null ? !redirectUriSent : redirectUri.equals(givenRedirectUri);
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "AuthorizationCode[" + id + "]";
    }
}
