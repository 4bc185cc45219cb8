package dev.symbolon;

import dev.symbolon.cli.Administration;
import dev.symbolon.cli.RunningService;
import dev.symbolon.http.Tls;
import dev.symbolon.ops.Health;
import dev.symbolon.ops.Jobs;
import dev.symbolon.ops.Metrics;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service. Owns everything that was started for it; {@link #close()} ends it in order. */
public final class Service implements RunningService {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private static final Duration TLS_INTERVAL = Duration.ofSeconds(2);

    /**
     * A connection that is closed in the moment that a proxy sends a request on it fails that request. One that has been
     * idle for a twentieth of the drain is hardly in use; the others are told with their next answer.
     */
    private static final int IDLE_PART_OF_DRAIN = 20;

    private final Administration admin;
    private final Javalin oauth;
    private final Javalin management;
    private final Health health;
    private final Metrics metrics;
    private final Jobs jobs;
    private final AutoCloseable door;
    private final String issuer;

    private Service(
            Administration admin,
            Javalin oauth,
            Javalin management,
            Health health,
            Metrics metrics,
            AutoCloseable door,
            String issuer) {
        this.admin = admin;
        this.oauth = oauth;
        this.management = management;
        this.health = health;
        this.metrics = metrics;
        this.door = door;
        this.jobs = Jobs.start(
                admin.database(),
                admin.tokens(),
                admin.links(),
                admin.sessions(),
                admin.attempts(),
                admin.handover(),
                admin.config().token(),
                metrics.registry(),
                admin.clock());
        this.issuer = issuer;
    }

    /** @param tls of {@code oauth}; null for plain HTTP */
    static Service start(
            Administration admin,
            Javalin oauth,
            @Nullable Tls tls,
            Javalin management,
            Health health,
            Metrics metrics,
            CompletableFuture<String> issuer) {
        long drainMillis = admin.config().http().shutdownTimeout().toMillis();
        oauth.jettyServer().server().setStopTimeout(drainMillis);
        open(oauth, "http", admin.config().http().host(), admin.config().http().port());
        for (Connector connector : oauth.jettyServer().server().getConnectors()) {
            ((ServerConnector) connector).setShutdownIdleTimeout(Math.max(1, drainMillis / IDLE_PART_OF_DRAIN));
        }
        try {
            open(
                    management,
                    "management",
                    admin.config().management().host(),
                    admin.config().management().port());
            String configured = admin.config().issuer();
            String scheme = tls == null ? "http" : "https";
            issuer.complete(configured == null ? scheme + "://localhost:" + oauth.port() : configured);
            var service = new Service(admin, oauth, management, health, metrics, admin.listen(), issuer.join());
            if (tls != null) {
                service.jobs.every(TLS_INTERVAL, tls::reload);
            }
            return service;
        } catch (IOException | RuntimeException e) {
            oauth.stop();
            management.stop();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void open(Javalin listener, String section, String host, int port) {
        try {
            listener.start();
        } catch (RuntimeException e) { // Javalin takes whatever went wrong for a port in use
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String why = cause instanceof UnresolvedAddressException ? "no such host" : cause.getMessage();
            throw new IllegalStateException(
                    "cannot listen at %s.host %s, %s.port %d: %s".formatted(section, host, section, port, why), e);
        }
    }

    @Override
    public int port() {
        return oauth.port();
    }

    @Override
    public int managementPort() {
        return management.port();
    }

    @Override
    public String issuer() {
        return issuer;
    }

    /** Answers the requests in flight, for up to {@code http.shutdown-timeout}, and then closes the database. */
    @Override
    public void close() {
        health.drain();
        stop(oauth);
        stop(management);
        closeDoor();
        jobs.close();
        admin.close();
        metrics.close();
    }

    /** Whatever does not end in time, the database is to be closed. */
    private static void stop(Javalin listener) {
        try {
            listener.stop();
        } catch (JavalinException e) {
            LOG.warn("requests in flight were given up: {}", String.valueOf(e.getCause()));
        }
    }

    private void closeDoor() {
        try {
            door.close();
        } catch (Exception e) {
            LOG.warn("the administration socket was not closed cleanly: {}", e.getMessage());
        }
    }
}
