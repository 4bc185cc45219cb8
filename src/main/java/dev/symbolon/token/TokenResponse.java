package dev.symbolon.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RFC 6749 section 5.1. {@code expires_in} is in seconds; {@code scope} is always there. */
public record TokenResponse(
        String accessToken,
        String tokenType,
        long expiresIn,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refreshToken,
        String scope) {

    static TokenResponse of(TokenValue access, Duration lifetime, @Nullable TokenValue refresh, Set<String> scopes) {
        return new TokenResponse(
                access.encoded(),
                "bearer",
                lifetime.toSeconds(),
                refresh == null ? null : refresh.encoded(),
                String.join(" ", scopes));
    }

    /** Never the tokens. */
    @Override
    public String toString() {
        return "TokenResponse[" + scope + "]";
    }
}
