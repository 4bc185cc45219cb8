package dev.symbolon.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.function.BiPredicate;

/**
 * Lets scripts of known origins read what an endpoint answers, refusals too, and never with cookies (the Fetch standard,
 * section 3.2). An endpoint that is not named here answers no script of another origin.
 *
 * @param known whether an origin, as browsers write it, is one of those of what is requested; asked at each request
 *     that has one
 */
public record Cors(BiPredicate<Context, String> known) {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    /** @param method by which the endpoint at that path is called */
    public void allow(RoutesConfig routes, String path, HandlerType method) {
        routes.before(path, this::allowOrigin);
        routes.options(path, ctx -> answer(ctx, method));
    }

    private void allowOrigin(Context ctx) {
        ctx.header("Vary", "Origin");
        String origin = ctx.header("Origin");
        if (origin != null && known.test(ctx, origin)) {
            ctx.header(ALLOW_ORIGIN, origin)
                    .header("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate, X-Request-Id");
        }
    }

    /** The preflight; public clients have no secret, so that there is no call for {@code Authorization}. */
    private static void answer(Context ctx, HandlerType method) {
        ctx.status(204).header("Allow", method + ", OPTIONS");
        if (ctx.res().containsHeader(ALLOW_ORIGIN)) {
            ctx.header("Access-Control-Allow-Methods", method.toString())
                    .header("Access-Control-Allow-Headers", "Content-Type, X-Request-Id")
                    .header("Access-Control-Max-Age", "3600");
        }
    }
}
