package dev.symbolon.cli;

import dev.symbolon.cli.remote.AdminCaller;
import dev.symbolon.cli.remote.SocketPath;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.config.Config;
import dev.symbolon.store.Database;
import dev.symbolon.store.DatabaseInUseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ExitCode;

/**
 * Brings an administration command to the database. PostgreSQL is worked on from here, beside the services that do. H2
 * is worked on by the service that holds it, or here if nobody does; while it is locked and nobody answers, somebody is
 * starting or stopping: that is waited for, up to five seconds.
 */
final class Dispatcher {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 50;

    private final AdminCommand command;
    private final ConfigOptions options;
    private final List<String> arguments;
    private final Terminal terminal;
    private final Clock clock;

    Dispatcher(AdminCommand command, ConfigOptions options, List<String> arguments, Terminal terminal, Clock clock) {
        this.command = command;
        this.options = options;
        this.arguments = arguments;
        this.terminal = terminal;
        this.clock = clock;
    }

    int run() {
        try {
            if (command.isDemo()) {
                return handOver(SocketPath.demo())
                        .orElseThrow(() -> new CommandFailure("no demo is running: start it with the command demo"));
            }
            Config config = options.read(warning -> terminal.err().println(warning));
            if (config.database().isPostgres()) {
                return runHere(config);
            }
            Path file = Database.file(config.database())
                    .orElseThrow(
                            () -> new CommandFailure(
                                    "database.url is in memory: another process cannot work on it, and its changes would be lost"));
            return run(config, SocketPath.beside(file));
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private int run(Config config, SocketPath socket) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            OptionalInt exitCode = handOver(socket);
            if (exitCode.isPresent()) {
                return exitCode.getAsInt();
            }
            try {
                return runHere(config);
            } catch (DatabaseInUseException e) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure(e.getMessage() + ", which does not answer");
                }
                pause();
            }
        }
    }

    private int runHere(Config config) {
        try (Administration admin = Administration.open(config, clock)) {
            admin.handover().during(() -> command.run(admin, terminal));
            return ExitCode.OK;
        }
    }

    private OptionalInt handOver(SocketPath socket) throws IOException {
        return AdminCaller.call(socket, arguments, terminal);
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the database");
        }
    }
}
