package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.client.RedirectUri;
import dev.symbolon.door.Door;
import dev.symbolon.door.Doors;
import dev.symbolon.limit.RateLimit;
import dev.symbolon.token.PasswordGrant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code door …}: where apps get tokens of a confidential client without its secret. */
@Command(
        name = "door",
        mixinStandardHelpOptions = true,
        description = "Doors: where apps get tokens of a confidential client without its secret.",
        subcommands = {DoorCommands.Create.class, DoorCommands.ListAll.class, DoorCommands.Delete.class})
final class DoorCommands {
    private record Document(
            String name,
            String clientId,
            Set<String> grants,
            Set<String> origins,
            String rateLimit,
            Instant createdAt) {
        static Document of(Door door) {
            return new Document(
                    door.name(), door.clientId(), door.grants(), door.origins(), door.rateLimit(), door.createdAt());
        }

        List<String> cells() {
            return List.of(
                    name, clientId, Output.words(grants), Output.words(origins), rateLimit, createdAt.toString());
        }
    }

    @Command(
            name = "create",
            description = {
                "Make a door, which is POST /door/NAME/token.",
                "Anybody can call it; what it keeps is the secret. Authorization code and PKCE are better."
            })
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits, '.', '-', '_'; part of its path.")
        private String name = "";

        @Option(names = "--client", required = true, paramLabel = "ID", description = "The confidential client.")
        private String client = "";

        @Option(
                names = "--grant",
                paramLabel = "GRANT",
                split = ",",
                description = "password, or password and refresh_token, which is the default if the client has it.")
        private @Nullable List<String> grants;

        @Option(
                names = "--origin",
                paramLabel = "ORIGIN",
                split = ",",
                description = "Whose pages may call it, such as https://app.example.com. Repeatable.")
        private @Nullable List<String> origins;

        @Option(
                names = "--rate-limit",
                paramLabel = "N/DURATION",
                defaultValue = "60/1m",
                description = "Requests of all callers together, at each instance: ${DEFAULT-VALUE} if not given.")
        private String rateLimit = "";

        @Override
        void run(Administration admin, Output output) {
            checkWords();
            Client client = client(admin, this.client);
            require(
                    !client.isPublic(),
                    "client " + client.id() + " is public: it has no secret that a door could keep");
            Set<String> chosen = ClientOptions.words(grants, Set.copyOf(Door.GRANTS));
            if (grants == null) {
                chosen.retainAll(client.grants());
            }
            if (!chosen.contains(PasswordGrant.TYPE) || !Door.GRANTS.containsAll(chosen)) {
                throw new CommandFailure("a door is for password, or for password and refresh_token");
            }
            require(
                    client.grants().containsAll(chosen),
                    "client " + client.id() + " is not registered for all of " + Output.words(chosen));
            Set<String> pages = ClientOptions.words(origins, new TreeSet<>());
            var door = new Door(
                    name,
                    UUID.randomUUID(),
                    client.id(),
                    chosen,
                    pages,
                    rateLimit,
                    admin.clock().instant());
            require(admin.doors().create(door), "there is a door " + name + " already, or its client is gone");
            output.print(
                    Document.of(door),
                    "Created door " + name + " of client " + client.id() + ": POST /door/" + name + "/token.");
        }

        private void checkWords() {
            if (!Doors.isName(name)) {
                throw CommandFailure.badUsage(
                        "a door's name has 1 to 64 lower-case letters, digits, '.', '-', '_', and begins with one of the"
                                + " first two");
            }
            if (RateLimit.parse(rateLimit).isEmpty()) {
                throw CommandFailure.badUsage(
                        "--rate-limit takes " + RateLimit.TAKES + ", not " + Output.plain(rateLimit));
            }
            for (String origin : ClientOptions.words(origins, Set.of())) {
                if (!isOrigin(origin)) {
                    throw CommandFailure.badUsage(
                            "--origin takes https://HOST[:PORT] as browsers write it, or http:// on"
                                    + " this machine, not " + Output.plain(origin));
                }
            }
        }

        private static boolean isOrigin(String text) {
            return RedirectUri.isAcceptable(text)
                    && RedirectUri.origin(text).filter(text::equals).isPresent();
        }
    }

    @Command(name = "list", description = "List the doors.")
    static final class ListAll extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            output.list(
                    (@Nullable Door after, int most) -> admin.doors().list(after == null ? "" : after.name(), most),
                    Document::of,
                    List.of("DOOR", "CLIENT", "GRANTS", "ORIGINS", "LIMIT", "CREATED"),
                    Document::cells);
        }
    }

    @Command(name = "delete", description = "Delete a door; the tokens that came through it are dead for good.")
    static final class Delete extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The door's name.")
        private String name = "";

        @Override
        void run(Administration admin, Output output) {
            require(admin.doors().delete(name), "there is no door " + Output.plain(name));
            output.print(Map.of("name", name, "deleted", true), "Deleted door " + name + ".");
        }
    }
}
