package dev.symbolon.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the log and the metrics tell of one request and its answer. Who handles the request says what they found out;
 * never a name that was not found to be one, since people mistake fields, and type passwords there.
 *
 * <p>Its id is the caller's {@code X-Request-Id} if it is harmless, else one of ours. It is in the answer, and beside
 * the caller's address in the {@link MDC} for every line that is logged meanwhile.
 */
public final class Exchange {
    /** Where a request led that is for no endpoint; never its path, since people paste tokens into URLs. */
    public static final String NO_ENDPOINT = "none";

    private static final String KEY = Exchange.class.getName();
    private static final String HEADER = "X-Request-Id";
    private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final long start = System.nanoTime();
    private @Nullable String endpoint;
    private @Nullable String client;
    private @Nullable String user;
    private @Nullable String grant;
    private @Nullable String outcome;
    private @Nullable String reason;

    private Exchange() {}

    static void begin(Context ctx) {
        String given = ctx.header(HEADER);
        String id = given != null && ID_FORM.matcher(given).matches()
                ? given
                : Long.toHexString(ThreadLocalRandom.current().nextLong());
        MDC.put("request", id);
        MDC.put("address", ctx.ip());
        ctx.header(HEADER, id);
        ctx.attribute(KEY, new Exchange());
    }

    public static Exchange of(Context ctx) {
        Exchange exchange = ctx.attribute(KEY);
        return Objects.requireNonNull(exchange, "begun by the listener");
    }

    /** @param path of one of few that a route is for */
    public void endpoint(String path) {
        endpoint = path;
    }

    /** @param id of a client that there is */
    public void client(String id) {
        client = id;
    }

    /** @param name of a user that there is; null for none */
    public void user(@Nullable String name) {
        user = name;
    }

    /** @param type one that there is */
    public void grant(String type) {
        grant = type;
    }

    /** @param word one of few, which are told apart in the metrics */
    public void outcome(String word) {
        outcome = word;
    }

    void refused(String error, @Nullable String why) {
        outcome = error;
        reason = why;
    }

    public @Nullable String client() {
        return client;
    }

    public @Nullable String user() {
        return user;
    }

    public @Nullable String grant() {
        return grant;
    }

    /** Why it was refused, for the log; null if it was not. */
    public @Nullable String reason() {
        return reason;
    }

    /** An error code, what the endpoint called it, or else the kind of status. */
    public String outcome(int status) {
        if (outcome != null) {
            return outcome;
        }
        return status < 300 ? "success" : status < 400 ? "redirect" : status < 500 ? "refused" : "failed";
    }

    public long nanos() {
        return System.nanoTime() - start;
    }

    /** The route, such as {@code /oauth/v2/token}, or what of it was called: there are few. */
    public static String endpoint(Context ctx) {
        Exchange exchange = ctx.attribute(KEY);
        if (exchange != null && exchange.endpoint != null) {
            return exchange.endpoint;
        }
        Endpoint endpoint = ctx.endpoints().lastHttpEndpoint();
        return endpoint == null ? NO_ENDPOINT : endpoint.path;
    }
}
