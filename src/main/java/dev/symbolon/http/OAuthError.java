package dev.symbolon.http;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A refusal the client is told about, as RFC 6749 section 5.2 spells it.
 *
 * <p>The client sees the code and the description, which is ours to word and says what to change; the message ({@link
 * #getMessage()}) is for the log. Neither ever holds a secret, a password or a token.
 */
public final class OAuthError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String RENDERER = OAuthError.class.getName();
    private static final Logger LOG = LoggerFactory.getLogger(OAuthError.class);

    /** The codes, and the status each is answered with unless it is said otherwise. */
    public enum Code {
        INVALID_REQUEST(400),
        INVALID_CLIENT(401),
        INVALID_GRANT(400),
        UNAUTHORIZED_CLIENT(400),
        UNSUPPORTED_GRANT_TYPE(400),
        INVALID_SCOPE(400),
        ACCESS_DENIED(400),
        AUTHORIZATION_PENDING(400),
        SLOW_DOWN(400),
        EXPIRED_TOKEN(400),
        SERVER_ERROR(500),
        TEMPORARILY_UNAVAILABLE(503);

        final int status;
        final String wireName = name().toLowerCase(Locale.ROOT);

        Code(int status) {
            this.status = status;
        }
    }

    /** The JSON body of a refusal. */
    public record Body(String error, String errorDescription) {}

    private static final int TOO_MANY_REQUESTS = 429;

    private final Code code;
    private final int status;
    private final String description;
    private final long retryAfter;

    private OAuthError(Code code, int status, String description, String logDetail) {
        this(code, status, description, logDetail, 1);
    }

    /**
     * @param logDetail what the client is not told
     * @param retryAfter in seconds, if the same request may do later
     */
    private OAuthError(Code code, int status, String description, String logDetail, long retryAfter) {
        super(logDetail, null, false, false); // expected: no stack trace
        this.retryAfter = retryAfter;
        this.code = code;
        this.status = status;
        this.description = printable(description);
    }

    public OAuthError(Code code, String description) {
        this(code, code.status, description, description);
    }

    /** @param logDetail what the client is not told */
    public OAuthError(Code code, String description, String logDetail) {
        this(code, code.status, description, logDetail);
    }

    /** The request itself is at fault, with a status of HTTP's own: 405, 413, 415 and the like. */
    public static OAuthError invalidRequest(int status, String description) {
        return new OAuthError(Code.INVALID_REQUEST, status, description, description);
    }

    public static OAuthError invalidRequest(String description) {
        return new OAuthError(Code.INVALID_REQUEST, description);
    }

    /** Overloaded, or something this service needs is away: the same request may do later. */
    public static OAuthError unavailable(Exception cause) {
        return unavailable(String.valueOf(cause.getMessage()));
    }

    static OAuthError unavailable(String logDetail) {
        return new OAuthError(Code.TEMPORARILY_UNAVAILABLE, "the service is busy, try again shortly", logDetail);
    }

    /**
     * The caller sends more than it may (RFC 6585 section 4).
     *
     * @param retryAfter in seconds
     */
    public static OAuthError tooManyRequests(long retryAfter) {
        String description = "too many requests, try again later: header Retry-After says when";
        return new OAuthError(Code.TEMPORARILY_UNAVAILABLE, TOO_MANY_REQUESTS, description, description, retryAfter);
    }

    public static OAuthError serverError() {
        return new OAuthError(Code.SERVER_ERROR, "the service failed, its log has the reason");
    }

    /** In seconds. */
    long retryAfter() {
        return retryAfter;
    }

    public int status() {
        return status;
    }

    /** Nothing is wrong: a device asks until its user has answered (RFC 8628 section 3.5). */
    public boolean isPending() {
        return code == Code.AUTHORIZATION_PENDING || code == Code.SLOW_DOWN;
    }

    public Body body() {
        return new Body(error(), description);
    }

    /** The code as clients see it. */
    public String error() {
        return code.wireName;
    }

    /** The one renderer: endpoints just throw. */
    public void render(Context ctx) {
        if (code == Code.INVALID_CLIENT) {
            ctx.header("WWW-Authenticate", "Basic realm=\"symbolon\", charset=\"UTF-8\"");
        }
        if (code == Code.TEMPORARILY_UNAVAILABLE) {
            ctx.header("Retry-After", String.valueOf(retryAfter));
        }
        noStore(ctx);
        Exchange.of(ctx).refused(status == TOO_MANY_REQUESTS ? "rate_limited" : error(), getMessage());
        LOG.debug("{} {} refused: {}: {}", ctx.method(), Exchange.endpoint(ctx), code, getMessage());
        BiConsumer<OAuthError, Context> renderer = ctx.attribute(RENDERER);
        if (renderer == null) {
            ctx.status(status).json(body());
        } else {
            renderer.accept(this, ctx);
        }
    }

    /** Has refusals of this request shown otherwise than as JSON: as a page, to a browser. */
    public static void renderedBy(Context ctx, BiConsumer<OAuthError, Context> renderer) {
        ctx.attribute(RENDERER, renderer);
    }

    /** RFC 6749 section 5.1: neither tokens nor refusals may be kept by a cache. */
    public static void noStore(Context ctx) {
        ctx.header("Cache-Control", "no-store").header("Pragma", "no-cache");
    }

    /** RFC 6749 section 5.2 allows %x20-21 / %x23-5B / %x5D-7E; reasons of plug-ins may hold anything. */
    private static String printable(String description) {
        return description.replace('"', '\'').replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "?");
    }
}
