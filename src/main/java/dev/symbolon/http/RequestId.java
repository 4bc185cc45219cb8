package dev.symbolon.http;

import io.javalin.http.Context;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * By which the log lines of a request are found: the caller's {@code X-Request-Id} if it is harmless, else one of ours.
 * It is in the answer, and for the logs in the {@link MDC}.
 */
final class RequestId {
    private static final String HEADER = "X-Request-Id";
    private static final String KEY = "request";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static void begin(Context ctx) {
        String given = ctx.header(HEADER);
        String id = given != null && FORM.matcher(given).matches()
                ? given
                : Long.toHexString(ThreadLocalRandom.current().nextLong());
        MDC.put(KEY, id);
        ctx.header(HEADER, id);
    }

    static void end(Context ctx) {
        MDC.remove(KEY);
    }
}
