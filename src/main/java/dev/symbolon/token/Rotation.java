package dev.symbolon.token;

import dev.symbolon.token.TokenValue.Kind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One use of a refresh token, kept for as long as a client that lost the answer may ask again.
 *
 * <p>The successors are derived from the secret of the token that was presented and a nonce: whoever presents it again
 * gets the very same ones, any replica can tell them, and once the nonce is gone nobody can.
 *
 * @param scopes those that were asked for, or all that were first granted
 */
public record Rotation(
        UUID rotatedId, byte[] nonce, UUID accessId, UUID refreshId, Set<String> scopes, Instant graceUntil) {
    private static final String HMAC = "HmacSHA256";

    TokenValue access(TokenValue presented) {
        return new TokenValue(Kind.ACCESS, accessId, derive(presented, Kind.ACCESS));
    }

    TokenValue refresh(TokenValue presented) {
        return new TokenValue(Kind.REFRESH, refreshId, derive(presented, Kind.REFRESH));
    }

    private byte[] derive(TokenValue presented, Kind kind) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(presented.secret(), HMAC));
            mac.update(nonce);
            mac.update(kind.name().getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
