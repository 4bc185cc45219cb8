package dev.symbolon.ops;

import dev.symbolon.http.Exchange;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** A line for each request that has been answered. Never a path or a parameter, only the route. */
public final class RequestLog {
    static final String NAME = "dev.symbolon.request";
    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final double NANOS_PER_MILLI = 1e6;

    private RequestLog() {}

    public static void answered(Context ctx) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        Exchange exchange = Exchange.of(ctx);
        LoggingEventBuilder line = LOG.atInfo()
                .setMessage(ctx.method().name())
                .addKeyValue("endpoint", Exchange.endpoint(ctx))
                .addKeyValue("client", dash(exchange.client()))
                .addKeyValue("user", dash(exchange.user()))
                .addKeyValue("outcome", exchange.outcome(ctx.statusCode()))
                .addKeyValue("status", ctx.statusCode())
                .addKeyValue("millis", Math.round(exchange.nanos() / NANOS_PER_MILLI * 10) / 10.0);
        if (exchange.reason() != null) {
            line = line.addKeyValue("reason", exchange.reason());
        }
        line.log();
    }

    private static String dash(@Nullable String name) {
        return name == null ? "-" : name;
    }
}
