package dev.symbolon.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** An HTTP listener as every one of ours is: JSON in all answers, the library's own errors among them. */
public final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** Of a body that does not come at once. */
    private static final long MIN_BYTES_A_SECOND = 240;

    /** That many connections may wait to be accepted. Past Java's own 50, a client would wait a second to be heard again. */
    private static final int BACKLOG = 1024;

    /** Before Java 21 each request that waits has one: so many that what may wait for hashes and writes leaves some to others. */
    private static final int MOST_THREADS = 2560;

    private Listener() {}

    /**
     * @param port 0 picks a free one
     * @param tls null for plain HTTP
     * @param trustedProxies whose word is taken for where a request comes from, see {@link TrustedProxies}
     * @param answered told of every request when it has been answered
     */
    public static Javalin create(
            String host,
            int port,
            @Nullable Tls tls,
            Set<String> trustedProxies,
            Consumer<Context> answered,
            Consumer<RoutesConfig> routes) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.host = host;
            config.jetty.port = port;
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.contextResolver.ip = new TrustedProxies(trustedProxies)::addressOf;
            config.jetty.modifyServer(Listener::defend);
            config.http.prefer405over404 = true;
            config.router.javaLangErrorHandler(Listener::fatal);
            config.http.responseBufferSize = 4096; // allocated for each answer, 32 KiB otherwise
            config.http.compressionStrategy = CompressionStrategy.NONE; // small answers, and secrets in them
            config.concurrency.useVirtualThreads = true; // silently platform threads before Java 21
            config.jsonMapper(new JavalinJackson(Json.MAPPER, true));
            if (tls != null) {
                config.jetty.addConnector((server, http) -> tls.connector(server, http, host, port));
            }
            config.routes.before(Exchange::begin);
            config.requestLogger.http((ctx, millis) -> {
                answered.accept(ctx);
                MDC.clear();
            });
            config.routes.exception(OAuthError.class, OAuthError::render);
            config.routes.exception(HttpResponseException.class, Listener::refuse);
            config.routes.exception(Exception.class, Listener::fault);
            routes.accept(config.routes);
        });
    }

    private static void defend(Server server) {
        if (server.getThreadPool() instanceof ThreadPool.SizedThreadPool platform) {
            platform.setMaxThreads(MOST_THREADS);
        }
        server.setErrorHandler(new JsonErrors());
        server.setHandler(new MinimumDataRateHandler(new WholeBody(), MIN_BYTES_A_SECOND, 0));
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                for (Connector connector : server.getConnectors()) {
                    ((ServerConnector) connector).setAcceptQueueSize(BACKLOG);
                }
            }
        });
    }

    /** What the library refuses; for a wrong method it knows the right ones (RFC 9110 section 15.5.6). */
    private static void refuse(HttpResponseException e, Context ctx) {
        String methods = e.getDetails().get("availableMethods");
        if (methods != null) {
            ctx.header("Allow", methods);
        }
        OAuthError.invalidRequest(e.getStatus(), JsonErrors.words(e.getStatus()))
                .render(ctx);
    }

    /** As {@link #fault}, for what the library tells apart: out of memory, a class that cannot be loaded. */
    private static void fatal(HttpServletResponse response, Error error) {
        LOG.error("a request failed", error);
        response.setStatus(OAuthError.serverError().status());
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        try {
            response.getWriter().write(JsonErrors.json(OAuthError.serverError()));
        } catch (IOException e) {
            LOG.debug("the client did not wait for the answer");
        }
    }

    /** Makes what a listener is made of, and opens nothing: the library does so only when it starts. */
    public static void warmUp() {
        Server server = create("localhost", 0, null, Set.of(), answered -> {}, routes -> {})
                .jettyServer()
                .server();
        server.addConnector(new ServerConnector(server));
        server.setHandler(new ServletContextHandler());
    }

    /** A fault of our own: the log has all of it, the answer nothing. */
    public static void fault(Exception e, Context ctx) {
        LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
        OAuthError.serverError().render(ctx);
    }
}
