package dev.symbolon.token;

import dev.symbolon.client.Client;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * RFC 6749 section 6, with rotation (RFC 9700 section 4.14.2): the policy is asked again.
 *
 * @param doorId whose tokens these are; null for those that came through none
 */
public record RefreshTokenGrant(
        Tokens tokens, TokenRotation rotation, @Nullable UUID doorId) implements Grant {
    /** What a client must be registered for to get refresh tokens at all. */
    public static final String TYPE = "refresh_token";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Authorization authorize(Client client, Form form, String address, Instant now) {
        TokenValue presented = TokenValue.parse(form.required("refresh_token")).orElseThrow(TokenRotation::refusal);
        TokenState state = tokens.find(presented)
                .filter(found -> found.refresh() && found.clientId().equals(client.id()) && !found.dead())
                .filter(found -> Objects.equals(found.doorId(), doorId))
                .orElseThrow(TokenRotation::refusal);
        if (state.rotatedAt() == null && !state.isLive(now)) {
            throw new OAuthError(Code.INVALID_GRANT, TokenRotation.REFUSAL, TokenRotation.EXPIRED);
        }
        Rotation retried = state.rotatedAt() == null ? null : rotation.retryable(state, now);
        return new Authorization(
                Moment.REFRESH,
                state.grantType(),
                state.scopes(),
                true,
                state.user(),
                state.assignment(),
                state.epoch(),
                TokenRotation.REFUSAL,
                approval -> retried == null
                        ? rotation.rotate(presented, state, now, approval)
                        : rotation.retry(presented, retried, approval));
    }
}
