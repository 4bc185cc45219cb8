package dev.symbolon.token;

import dev.symbolon.client.Client;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import dev.symbolon.token.DeviceCode.Answer;
import dev.symbolon.user.ResourceOwner;
import dev.symbolon.user.UserAuthenticator;
import java.time.Instant;
import java.util.Objects;

/**
 * RFC 8628 section 3.4: a device asks again and again until its user has answered elsewhere.
 *
 * <p>Of simultaneous polls one gets tokens. Those that come later get none and revoke nothing: a device that lost an
 * answer polls on, and nobody but it has ever held the code.
 */
public record DeviceCodeGrant(DeviceCodes codes, UserAuthenticator users, TokenIssuer tokens) implements Grant {
    public static final String TYPE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String REFUSAL = "device_code is invalid, used or was issued to another client";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Authorization authorize(Client client, Form form, String address, Instant now) {
        DeviceCode code = codes.find(form.required("device_code"))
                .filter(found -> found.clientId().equals(client.id()))
                .filter(found -> found.usedAt() == null)
                .orElseThrow(DeviceCodeGrant::refusal);
        if (!now.isBefore(code.expiresAt())) {
            throw new OAuthError(Code.EXPIRED_TOKEN, "device_code has expired: ask for another one");
        }
        ResourceOwner owner = answeredBy(code, client, now);
        return new Authorization(
                Moment.ISSUE,
                type(),
                Objects.requireNonNull(code.scopes()),
                true,
                owner.policyUser(),
                owner.assignment(),
                code.epoch(),
                Answer.DENIED.description(),
                approval -> exchange(code, approval));
    }

    private ResourceOwner answeredBy(DeviceCode code, Client client, Instant now) {
        Answer answer = code.answer();
        if (answer == null || code.userId() == null) {
            throw client.epoch() == code.epoch() ? codes.poll(code, now) : refusal();
        }
        if (answer.error != null) {
            throw new OAuthError(answer.error, answer.description());
        }
        return users.find(code.userId(), client.id())
                .filter(owner -> client.epoch() + owner.epoch() == code.epoch())
                .orElseThrow(DeviceCodeGrant::refusal);
    }

    private TokenResponse exchange(DeviceCode code, Approval approval) {
        return tokens.issue(
                        approval, session -> session.attach(DeviceCodeDao.class).claim(code.id(), approval.now()))
                .orElseThrow(DeviceCodeGrant::refusal);
    }

    private static OAuthError refusal() {
        return new OAuthError(Code.INVALID_GRANT, REFUSAL);
    }
}
