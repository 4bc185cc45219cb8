package dev.symbolon.http;

import static dev.symbolon.http.OAuthError.invalidRequest;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The form body of a request, read once and strictly (RFC 6749 section 3.2, contract section 4).
 *
 * <p>A parameter that this server knows must not be repeated; an empty one is absent; unknown ones are ignored. At most
 * 64 KiB.
 */
public final class Form {
    static final int MAX_BYTES = 64 * 1024;

    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
    private static final String CHARSET = "charset=";
    private static final List<Charset> CHARSETS = List.of(UTF_8, US_ASCII, ISO_8859_1);

    private static final Set<String> KNOWN = Set.of(
            "grant_type",
            "client_id",
            "client_secret",
            "scope",
            "username",
            "password",
            "refresh_token",
            "token",
            "token_type_hint",
            "code",
            "redirect_uri",
            "code_verifier",
            "device_code");

    /** They would end in logs and histories of everything on the way (RFC 6749 section 2.3.1, RFC 6750 section 2.3). */
    private static final Set<String> NEVER_IN_QUERY = Set.of(
            "client_id",
            "client_secret",
            "username",
            "password",
            "refresh_token",
            "access_token",
            "token",
            "code",
            "code_verifier",
            "device_code");

    private final Map<String, String> values;

    /**
     * Reads the body, even that of a request which is refused for something else.
     *
     * @throws OAuthError {@code invalid_request}: with 415 for another media type or charset, 413 over 64 KiB, 400 for
     *     a malformed body, a repeated parameter, or credentials or tokens in the query string
     */
    public static Form of(Context ctx) {
        byte[] body = body(ctx);
        refuseQuery(ctx);
        return new Form(body, charset(ctx));
    }

    /** As {@link #of}, whatever the query string has; {@link #refuseQuery} looks at that. */
    public static Form ofBody(Context ctx) {
        return new Form(body(ctx), charset(ctx));
    }

    /** The query string in its place, for clients that know no better. */
    public static Form ofQuery(Context ctx) {
        String query = ctx.queryString();
        return new Form(query == null ? new byte[0] : query.getBytes(ISO_8859_1), UTF_8);
    }

    private Form(byte[] encoded, Charset charset) {
        var values = new HashMap<String, String>();
        UrlEncoded.parse(encoded, charset, (name, value) -> {
            if (KNOWN.contains(name) && values.putIfAbsent(name, value) != null) {
                throw invalidRequest("parameter " + name + " is repeated: send it once");
            }
        });
        values.values().removeIf(String::isEmpty);
        this.values = Map.copyOf(values);
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws OAuthError {@code invalid_request} if it is absent or empty */
    public String required(String name) {
        return optional(name).orElseThrow(() -> invalidRequest("parameter " + name + " is missing"));
    }

    /** @throws OAuthError {@code invalid_request} for credentials or tokens in the query string */
    public static void refuseQuery(Context ctx) {
        String query = ctx.queryString();
        if (query != null) {
            UrlEncoded.parse(query.getBytes(ISO_8859_1), ISO_8859_1, (name, value) -> {
                if (NEVER_IN_QUERY.contains(name)) {
                    throw invalidRequest("parameter " + name + " must be in the body, not in the query string");
                }
            });
        }
    }

    /** The character set of the body; some clients still name ISO-8859-1, which is only another way of decoding. */
    static Charset charset(Context ctx) {
        String contentType = ctx.header("Content-Type"); // ctx.contentType() fails on an illegal charset
        if (MEDIA_TYPE.equals(contentType)) {
            return UTF_8;
        }
        String[] parts = contentType == null
                ? new String[] {""}
                : contentType.toLowerCase(Locale.ROOT).split(";");
        if (parts.length == 0 || !parts[0].trim().equals(MEDIA_TYPE)) {
            throw unsupported();
        }
        String charset = Arrays.stream(parts)
                .map(part -> part.replace("\"", "").trim())
                .filter(part -> part.startsWith(CHARSET))
                .map(part -> part.substring(CHARSET.length()))
                .findFirst()
                .orElse("utf-8");
        return CHARSETS.stream()
                .filter(known -> known.name().equalsIgnoreCase(charset))
                .findFirst()
                .orElseThrow(Form::unsupported);
    }

    private static OAuthError unsupported() {
        return invalidRequest(415, "the body must be " + MEDIA_TYPE + ", in UTF-8");
    }

    /** The length that is announced, if one is: a buffer of that size is allocated. */
    private static int expected(Context ctx) {
        int length = ctx.req().getContentLength();
        return length < 0 ? MAX_BYTES : length;
    }

    static byte[] body(Context ctx) {
        try {
            InputStream in = ctx.bodyInputStream();
            byte[] body = in.readNBytes(Math.min(expected(ctx), MAX_BYTES) + 1);
            if (body.length > MAX_BYTES) {
                throw invalidRequest(413, "the body must not be larger than " + MAX_BYTES + " bytes");
            }
            return body;
        } catch (IOException e) {
            throw invalidRequest("the body ended early or could not be read");
        }
    }
}
