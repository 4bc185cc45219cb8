package dev.symbolon.cli;

import dev.symbolon.config.Config;
import dev.symbolon.ops.Logging;
import dev.symbolon.store.DatabaseInUseException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code serve}: runs the service until it is told to stop. */
@Command(name = "serve", description = "Run the service on the configured database.")
final class ServeCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LOW_COST = 10;

    /** Past {@code http.shutdown-timeout}: for the writes in hand, and to close the database. */
    private static final Duration FINISH = Duration.ofSeconds(5);

    private static final int HALTED = 143;

    private final Function<Administration, RunningService> starter;

    ServeCommand(Function<Administration, RunningService> starter) {
        this.starter = starter;
    }

    /** Does not return before the process is asked to end. */
    int run(ConfigOptions options) {
        List<String> warnings = new ArrayList<>();
        Config config = options.read(warnings::add);
        Logging.startService(config.log());
        warnings.forEach(LOG::warn);
        RunningService service = start(starter, open(config));
        warn(config, service.issuer());
        Logger start = LoggerFactory.getLogger(Logging.START);
        start.info("management on port {}", service.managementPort());
        start.info("ready at {}, listening on port {}", service.issuer(), service.port());
        awaitEnd();
        return ExitCode.OK;
    }

    /** Starts the service and sees to it that it ends well with the process. */
    static RunningService start(Function<Administration, RunningService> starter, Administration admin) {
        RunningService service;
        try {
            service = starter.apply(admin);
        } catch (RuntimeException e) {
            admin.close();
            LOG.debug("it failed here", e);
            throw new CommandFailure("the service cannot start: " + e.getMessage());
        }
        Duration patience = admin.config().http().shutdownTimeout().plus(FINISH);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service, patience), "shutdown"));
        return service;
    }

    /** Whatever hangs does not keep the process: what was acknowledged is stored, and survives its end. */
    private static void end(RunningService service, Duration patience) {
        var closing = new Thread(service::close, "closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.error("the service did not stop within {} s and is ended", patience.toSeconds());
        }
        Logging.stop();
        if (closing.isAlive()) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A command may hold the database for a moment. */
    private static Administration open(Config config) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return Administration.open(config, Clock.systemUTC());
            } catch (DatabaseInUseException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Dispatcher.pause();
            }
        }
    }

    private static void warn(Config config, String issuer) {
        if (config.password().bcryptCost() < LOW_COST) {
            LOG.warn(
                    "password.bcrypt-cost is {}: under {} a stolen hash is too easy to try passwords on",
                    config.password().bcryptCost(),
                    LOW_COST);
        }
        if (config.compat().fos()) {
            LOG.warn("compat.fos is on: clients with --compat-fos may send secrets in URLs, which others log");
        }
        URI uri = URI.create(issuer);
        if (uri.getScheme().equals("http")
                && !List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost())) {
            LOG.warn("issuer {} is plain HTTP: tokens and secrets can be read on the way", issuer);
        }
    }
}
