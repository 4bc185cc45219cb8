package dev.symbolon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.symbolon.http.OAuthError.Code;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The credentials of HTTP Basic (RFC 7617), both parts form-urlencoded as RFC 6749 section 2.3.1 has it. */
public record Basic(String id, String secret) {
    private static final String SCHEME = "Basic ";

    /**
     * Empty without an {@code Authorization} header.
     *
     * @throws OAuthError {@code invalid_client} for another scheme or malformed credentials, {@code invalid_request}
     *     for two headers
     */
    public static Optional<Basic> of(Context ctx) {
        List<String> headers = Collections.list(ctx.req().getHeaders("Authorization"));
        if (headers.size() > 1) {
            throw OAuthError.invalidRequest("header Authorization is repeated: send it once");
        }
        return headers.stream().findFirst().map(Basic::parse);
    }

    /** As programs send it that do not know that both parts are to be encoded; empty for anything unusable. */
    public static Optional<Basic> unencoded(Context ctx) {
        try {
            return Optional.ofNullable(ctx.header("Authorization"))
                    .map(header -> parse(header, part -> part))
                    .filter(basic -> !basic.id().isEmpty());
        } catch (OAuthError e) {
            return Optional.empty();
        }
    }

    static Basic parse(String header) {
        return parse(header, UrlEncoded::decode);
    }

    private static Basic parse(String header, UnaryOperator<String> decoder) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw malformed();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
            String pair = UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw malformed();
            }
            return new Basic(decoder.apply(pair.substring(0, colon)), decoder.apply(pair.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed();
        } catch (OAuthError e) { // a broken percent-escape
            throw malformed();
        }
    }

    private static OAuthError malformed() {
        return new OAuthError(
                Code.INVALID_CLIENT,
                "header Authorization must be 'Basic ' and base64 of client_id:client_secret, both form-urlencoded");
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "Basic[" + id + "]";
    }
}
