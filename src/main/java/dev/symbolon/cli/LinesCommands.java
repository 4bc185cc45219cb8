package dev.symbolon.cli;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.cli.remote.LocalTerminal;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.client.Client;
import dev.symbolon.migrate.ClientLine;
import dev.symbolon.migrate.ClientLines;
import dev.symbolon.migrate.ImportException;
import dev.symbolon.migrate.JsonLines;
import dev.symbolon.migrate.UserLine;
import dev.symbolon.migrate.UserLines;
import dev.symbolon.user.StoredUser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code user} and {@code client import} and {@code export}: lines of JSON, the same both ways. */
final class LinesCommands {
    private LinesCommands() {}

    /** Reads a file, or standard input. */
    abstract static class Import extends AdminCommand {
        @Parameters(paramLabel = "FILE", description = "Lines of JSON as export prints them; - for standard input.")
        private String file = "";

        /** What is on record. */
        abstract String event();

        abstract long read(Administration admin, JsonLines.Source lines);

        @Override
        final void run(Administration admin, Output output) {
            try {
                long imported = from(output.terminal(), lines -> read(admin, lines));
                AuditLog.record(event(), "count", imported);
                output.print(Map.of("imported", imported), "Imported " + imported + ".");
            } catch (ImportException e) {
                throw new CommandFailure(e.getMessage() + "; nothing was imported");
            } catch (IOException e) {
                throw new CommandFailure(Output.plain(file) + " cannot be read: " + e.getMessage());
            }
        }

        private long from(Terminal terminal, Function<JsonLines.Source, Long> work) throws IOException {
            if (file.equals("-")) {
                return work.apply(terminal::readLine);
            }
            try (InputStream in = new BufferedInputStream(
                    Files.newInputStream(terminal.directory().resolve(file)))) {
                OutputStream none = OutputStream.nullOutputStream();
                return work.apply(LocalTerminal.ofStreams(in, none, none)::readLine);
            }
        }
    }

    @Command(
            name = "import",
            description = "Make users of lines of JSON, all or none: username, and password or password_hash (bcrypt,"
                    + " or argon2 or PBKDF2 as a PHC string); id, enabled, created_at if they have one.")
    static final class ImportUsers extends Import {
        @Override
        String event() {
            return "users-imported";
        }

        @Override
        long read(Administration admin, JsonLines.Source lines) {
            return new UserLines(admin.database(), admin.hasher(), admin.clock()).read(lines);
        }
    }

    @Command(
            name = "import",
            description =
                    "Register clients of lines of JSON, all or none: what show --json prints, with client_secret or"
                            + " secret_hash (bcrypt, or argon2 or PBKDF2 as a PHC string).")
    static final class ImportClients extends Import {
        @Override
        String event() {
            return "clients-imported";
        }

        @Override
        long read(Administration admin, JsonLines.Source lines) {
            return new ClientLines(
                            admin.database(),
                            admin.hasher(),
                            admin.clock(),
                            admin.gate().types())
                    .read(lines);
        }
    }

    @Command(name = "export", description = "Print the users as lines of JSON, with the hashes of their passwords.")
    static final class ExportUsers extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            AuditLog.record("users-exported");
            output.lines(
                    (@Nullable StoredUser after, int most) -> admin.users().stored(after, most),
                    user -> new UserLine(
                            user.id().toString(),
                            user.username(),
                            user.enabled(),
                            user.createdAt().toString(),
                            null,
                            user.passwordHash()));
        }
    }

    @Command(name = "export", description = "Print the clients as lines of JSON, with the hashes of their secrets.")
    static final class ExportClients extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            AuditLog.record("clients-exported");
            output.lines(
                    (@Nullable Client after, int most) -> admin.clients().list(after == null ? "" : after.id(), most),
                    ClientLine::of);
        }
    }
}
