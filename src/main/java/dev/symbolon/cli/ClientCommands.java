package dev.symbolon.cli;

import dev.symbolon.attempt.Subject;
import dev.symbolon.client.Client;
import dev.symbolon.client.ClientId;
import dev.symbolon.client.ClientSettings;
import dev.symbolon.config.Durations;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code client …}: the life of clients. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        description = "Clients: the applications that ask for tokens.",
        subcommands = {
            ClientCommands.Create.class,
            ClientCommands.ListAll.class,
            ClientCommands.Show.class,
            ClientCommands.Update.class,
            ClientCommands.Disable.class,
            ClientCommands.Enable.class,
            ClientCommands.Delete.class,
            ClientCommands.RotateSecret.class,
            LinesCommands.ImportClients.class,
            LinesCommands.ExportClients.class
        })
final class ClientCommands {
    @Command(name = "create", description = "Make a client; prints its secret, this once.")
    static final class Create extends AdminCommand {
        @Option(names = "--id", paramLabel = "ID", description = "Made up if not given.")
        private @Nullable String id;

        @Mixin
        private SecretOptions secretOptions = new SecretOptions();

        @Option(names = "--public", description = "It cannot keep a secret (a mobile app, a script in the browser).")
        private boolean isPublic;

        @Mixin
        private ClientOptions options = new ClientOptions();

        @Override
        void run(Administration admin, Output output) {
            if (id != null && !ClientId.isPossible(id)) {
                throw CommandFailure.badUsage("--id takes 1 to 255 printable ASCII characters without space");
            }
            ClientSettings settings =
                    options.over(ClientOptions.none(), admin.gate().types());
            settings.problem(isPublic).ifPresent(problem -> {
                throw CommandFailure.badUsage(problem);
            });
            String newId = id == null ? Generated.id() : id;
            String secret = isPublic ? secretOptions.refuse() : secretOptions.given(output.terminal());
            Arguments.checked(() -> require(
                    admin.clients().create(settings, newId, isPublic, secret),
                    "there is a client " + newId + " already"));
            Client client = client(admin, newId);
            String words = "Created client " + client.id()
                    + (secret == null
                            ? ", which is public and has no secret."
                            : ".\nIts secret, shown this once: " + secret);
            output.print(ClientDocument.of(client, secret), words);
        }
    }

    @Command(name = "list", description = "List the clients.")
    static final class ListAll extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            output.list(
                    (@Nullable Client after, int most) -> admin.clients().list(after == null ? "" : after.id(), most),
                    ClientDocument::of,
                    ClientDocument.HEADERS,
                    ClientDocument::cells);
        }
    }

    /** A command on one client. */
    abstract static class OnOne extends AdminCommand {
        @Parameters(paramLabel = "ID", description = "The client's id.")
        private String id = "";

        abstract void run(Administration admin, Output output, Client client);

        @Override
        final void run(Administration admin, Output output) {
            run(admin, output, client(admin, id));
        }

        final void changed(Administration admin, Output output, boolean done, String words) {
            require(done, "client " + id + " is gone, or was changed at this very moment: try again");
            output.print(ClientDocument.of(client(admin, id)), words);
        }
    }

    @Command(name = "show", description = "Show one client.")
    static final class Show extends OnOne {
        @Override
        void run(Administration admin, Output output, Client client) {
            ClientDocument document = ClientDocument.of(client);
            output.print(document, document.lines());
        }
    }

    @Command(name = "update", description = "Change a client; a list that is given replaces the old one.")
    static final class Update extends OnOne {
        @Mixin
        private ClientOptions options = new ClientOptions();

        @Override
        void run(Administration admin, Output output, Client client) {
            ClientSettings settings =
                    options.over(ClientOptions.of(client), admin.gate().types());
            settings.problem(client.isPublic()).ifPresent(problem -> {
                throw new CommandFailure(problem);
            });
            admin.links().clearEnded(); // by the rule under which they ended
            changed(admin, output, admin.clients().update(client, settings), "Updated client " + client.id() + ".");
        }
    }

    @Command(name = "disable", description = "Shut a client out; its tokens are dead for good.")
    static final class Disable extends OnOne {
        @Override
        void run(Administration admin, Output output, Client client) {
            changed(admin, output, admin.clients().disable(client.id()), "Disabled client " + client.id() + ".");
        }
    }

    @Command(name = "enable", description = "Let a disabled client in again.")
    static final class Enable extends OnOne {
        @Override
        void run(Administration admin, Output output, Client client) {
            boolean enabled = admin.clients().enable(client.id());
            admin.attempts().forgive(Subject.client(client.id()).id()); // what was right failed as well
            changed(admin, output, enabled, "Enabled client " + client.id() + ".");
        }
    }

    @Command(name = "delete", description = "Delete a client with its links; its tokens are dead for good.")
    static final class Delete extends OnOne {
        @Override
        void run(Administration admin, Output output, Client client) {
            require(admin.clients().delete(client.id()), "client " + client.id() + " is gone");
            output.print(Map.of("client_id", client.id(), "deleted", true), "Deleted client " + client.id() + ".");
        }
    }

    @Command(name = "rotate-secret", description = "Give a client another secret; prints it, this once.")
    static final class RotateSecret extends OnOne {
        private static final Duration LONGEST = Duration.ofDays(3650);

        @Option(names = "--keep-old", paramLabel = "DURATION", description = "How long the old one works as well: 24h.")
        private @Nullable String keepOld;

        @Mixin
        private SecretOptions secretOptions = new SecretOptions();

        @Override
        void run(Administration admin, Output output, Client client) {
            Duration keep = keepOld == null
                    ? Duration.ZERO
                    : Durations.parse(keepOld)
                            .filter(duration -> duration.compareTo(LONGEST) <= 0)
                            .orElseThrow(
                                    () -> CommandFailure.badUsage("--keep-old takes a duration such as 24h or 7d"));
            require(!client.isPublic(), "client " + client.id() + " is public and has no secret");
            String secret = secretOptions.given(output.terminal());
            Arguments.checked(() -> require(
                    admin.clients().rotateSecret(client, secret, keep),
                    "client " + client.id() + " is gone, or was changed at this very moment: try again"));
            output.print(
                    ClientDocument.of(client(admin, client.id()), secret),
                    "The new secret of client " + client.id() + ", shown this once: " + secret);
        }
    }
}
