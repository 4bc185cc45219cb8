package dev.symbolon.token;

import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.link.Assignment;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a grant has proved, before scopes and policy are looked at.
 *
 * @param grantType the grant that the token began with
 * @param scopes the most that may be granted
 * @param granted whether they have been granted before, and not only may be
 * @param user null for a token without a user
 * @param assignment by which links the user may use the client
 * @param epoch the sum of the counters of client, user and pair, read before the credentials were checked
 * @param refusal the words for a presented thing that does not hold, which a denial that is not disclosed gets as well
 * @param minting claims what was presented, if it can be used once only, and makes the tokens
 */
public record Authorization(
        Moment moment,
        String grantType,
        Set<String> scopes,
        boolean granted,
        PolicyRequest.@Nullable User user,
        Assignment assignment,
        long epoch,
        String refusal,
        Function<Approval, TokenResponse> minting) {

    @Nullable
    String username() {
        return user == null ? null : user.username();
    }

    /** What the policy's denial is told as. */
    Code denial() {
        if (user == null) {
            return Code.UNAUTHORIZED_CLIENT;
        }
        boolean device = moment == Moment.ISSUE && grantType.equals(DeviceCodeGrant.TYPE);
        return device ? Code.ACCESS_DENIED : Code.INVALID_GRANT;
    }
}
