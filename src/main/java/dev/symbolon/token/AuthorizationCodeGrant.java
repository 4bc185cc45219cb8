package dev.symbolon.token;

import dev.symbolon.client.Client;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import dev.symbolon.user.ResourceOwner;
import dev.symbolon.user.UserAuthenticator;
import java.time.Instant;

/**
 * RFC 6749 section 4.1.3 with PKCE (RFC 7636): a code that the authorization endpoint gave out, once.
 *
 * <p>A second use is refused, and takes back what the first one got; so of simultaneous uses one gets tokens, which are
 * dead when the others have been answered.
 */
public record AuthorizationCodeGrant(AuthorizationCodes codes, UserAuthenticator users, TokenIssuer tokens)
        implements Grant {
    public static final String TYPE = "authorization_code";
    static final String REFUSAL = "code is invalid, expired, used or was issued to another client";
    static final String EXPIRED = "code has expired";
    static final String OTHER_URI = "redirect_uri is not the one that the code was sent to";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Authorization authorize(Client client, Form form, String address, Instant now) {
        AuthorizationCode code = codes.find(form.required("code"))
                .filter(found -> found.clientId().equals(client.id()))
                .orElseThrow(AuthorizationCodeGrant::refusal);
        if (code.usedAt() != null) {
            throw reuse(code);
        }
        if (!now.isBefore(code.expiresAt())) {
            throw new OAuthError(Code.INVALID_GRANT, REFUSAL, EXPIRED);
        }
        if (!code.isFor(form.optional("redirect_uri").orElse(null))) {
            throw refusal(OTHER_URI);
        }
        if (!Pkce.proves(form.optional("code_verifier"), code.challenge())) {
            throw refusal("code_verifier does not match the code_challenge of the authorization request");
        }
        ResourceOwner owner = users.find(code.userId(), client.id())
                .filter(found -> client.epoch() + found.epoch() == code.epoch())
                .orElseThrow(AuthorizationCodeGrant::refusal);
        return new Authorization(
                Moment.ISSUE,
                type(),
                code.scopes(),
                true,
                owner.policyUser(),
                owner.assignment(),
                code.epoch(),
                REFUSAL,
                approval -> exchange(code, approval));
    }

    private TokenResponse exchange(AuthorizationCode code, Approval approval) {
        return tokens.issue(
                        approval,
                        code.familyId(),
                        (session, end) ->
                                session.attach(AuthorizationCodeDao.class).claim(code.id(), approval.now(), end))
                .orElseThrow(() -> reuse(code));
    }

    private OAuthError reuse(AuthorizationCode code) {
        codes.revokeFamily(code);
        return refusal();
    }

    private static OAuthError refusal() {
        return refusal(REFUSAL);
    }

    private static OAuthError refusal(String description) {
        return new OAuthError(Code.INVALID_GRANT, description);
    }
}
