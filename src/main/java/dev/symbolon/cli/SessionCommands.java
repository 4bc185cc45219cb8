package dev.symbolon.cli;

import dev.symbolon.session.BrowserSession;
import dev.symbolon.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code session …}: who is logged in on the pages. */
@Command(
        name = "session",
        mixinStandardHelpOptions = true,
        description = "Sessions: who is logged in on the pages of this service.",
        subcommands = {SessionCommands.ListAll.class, SessionCommands.End.class})
final class SessionCommands {
    private record Document(UUID id, String username, Instant startedAt, Instant idleUntil, Instant expiresAt) {
        static Document of(BrowserSession session) {
            return new Document(
                    session.id(), session.username(), session.startedAt(), session.idleUntil(), session.expiresAt());
        }

        List<String> cells() {
            return List.of(id.toString(), username, startedAt.toString(), idleUntil.toString(), expiresAt.toString());
        }
    }

    @Command(name = "list", description = "List the sessions.")
    static final class ListAll extends AdminCommand {
        @Option(names = "--user", paramLabel = "USER", description = "Of this user only.")
        private @Nullable String user;

        @Override
        void run(Administration admin, Output output) {
            UUID userId = user == null ? null : user(admin, user).id();
            output.list(
                    (@Nullable BrowserSession after, int most) ->
                            admin.sessions().list(after == null ? new UUID(0, 0) : after.id(), userId, most),
                    Document::of,
                    List.of("ID", "USER", "STARTED", "IDLE UNTIL", "EXPIRES"),
                    Document::cells);
        }
    }

    @Command(name = "end", description = "Log a user out: of one session, or of all. Tokens live on.")
    static final class End extends AdminCommand {
        static final class Which {
            @Parameters(
                    paramLabel = "ID",
                    arity = "1",
                    converter = IdConverter.class,
                    description = "This one, as session list shows it.")
            private @Nullable UUID id;

            @Option(names = "--user", paramLabel = "USER", required = true, description = "All of this user.")
            private @Nullable String user;
        }

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        @Override
        void run(Administration admin, Output output) {
            if (which.user != null) {
                User user = user(admin, which.user);
                int ended = admin.sessions().endAllOf(user.id());
                output.print(
                        Map.of("username", user.username(), "ended", ended),
                        "Ended sessions of user " + user.username() + ": " + ended + ".");
            } else if (which.id != null) {
                require(admin.sessions().end(which.id), "there is no session " + which.id);
                output.print(Map.of("id", which.id, "ended", 1), "Ended session " + which.id + ".");
            }
        }
    }
}
