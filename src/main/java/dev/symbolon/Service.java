package dev.symbolon;

import dev.symbolon.cli.Administration;
import dev.symbolon.ops.Health;
import dev.symbolon.ops.Jobs;
import io.javalin.Javalin;
import java.util.concurrent.CompletableFuture;

/** The running service. Owns everything that was started for it; {@link #close()} ends it in order. */
public final class Service implements AutoCloseable {
    private final Administration admin;
    private final Javalin oauth;
    private final Javalin management;
    private final Health health;
    private final Jobs jobs;
    private final String issuer;

    private Service(Administration admin, Javalin oauth, Javalin management, Health health, String issuer) {
        this.admin = admin;
        this.oauth = oauth;
        this.management = management;
        this.health = health;
        this.jobs = Jobs.start(admin.tokens(), admin.config().token());
        this.issuer = issuer;
    }

    static Service start(
            Administration admin, Javalin oauth, Javalin management, Health health, CompletableFuture<String> issuer) {
        long drainMillis = admin.config().http().shutdownTimeout().toMillis();
        oauth.jettyServer().server().setStopTimeout(drainMillis);
        oauth.start();
        try {
            management.start();
        } catch (RuntimeException e) {
            oauth.stop();
            throw e;
        }
        String configured = admin.config().issuer();
        issuer.complete(configured == null ? "http://localhost:" + oauth.port() : configured);
        return new Service(admin, oauth, management, health, issuer.join());
    }

    public int port() {
        return oauth.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** RFC 8414's, the base of every endpoint's URL. */
    public String issuer() {
        return issuer;
    }

    /** Answers the requests in flight, for up to {@code http.shutdown-timeout}, and then closes the database. */
    @Override
    public void close() {
        health.drain();
        oauth.stop();
        management.stop();
        jobs.close();
        admin.close();
    }
}
