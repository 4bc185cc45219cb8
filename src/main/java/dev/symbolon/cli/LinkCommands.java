package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.client.Scopes;
import dev.symbolon.link.Link;
import dev.symbolon.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code link …}: which user may use which client. */
@Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = "Links: which user may use which client.",
        subcommands = {LinkCommands.Add.class, LinkCommands.Remove.class, LinkCommands.ListAll.class})
final class LinkCommands {
    private record Document(
            String username, String clientId, @Nullable Set<String> scopes, Instant createdAt) {
        static Document of(Link link) {
            return new Document(link.username(), link.clientId(), link.scopes(), link.createdAt());
        }

        List<String> cells() {
            return List.of(username, clientId, scopes == null ? "all" : Output.words(scopes), createdAt.toString());
        }
    }

    /** A command on one pair. */
    abstract static class OnPair extends AdminCommand {
        @Parameters(index = "0", paramLabel = "USER", description = "The user's name.")
        private String user = "";

        @Parameters(index = "1", paramLabel = "CLIENT", description = "The client's id.")
        private String client = "";

        abstract void run(Administration admin, Output output, User user, Client client);

        @Override
        final void run(Administration admin, Output output) {
            run(admin, output, user(admin, user), client(admin, client));
        }
    }

    @Command(name = "add", description = "Link a user to a client, or change the scopes of the link there is.")
    static final class Add extends OnPair {
        @Option(names = "--scope", paramLabel = "SCOPE", split = ",", description = "At most these. Repeatable.")
        private @Nullable List<String> scopes;

        @Override
        void run(Administration admin, Output output, User user, Client client) {
            Set<String> most = scopes == null ? null : ClientOptions.words(scopes, Set.of());
            if (most != null && !most.stream().allMatch(Scopes::isScope)) {
                throw CommandFailure.badUsage("a scope is made of printable ASCII without space, quote and backslash");
            }
            Link link = admin.links()
                    .add(user, client.id(), most)
                    .orElseThrow(() -> new CommandFailure("the user or the client is gone"));
            output.print(Document.of(link), "Linked " + user.username() + " to " + client.id() + ".");
        }
    }

    @Command(
            name = "remove",
            description =
                    "Unlink a user from a client. Where the policy enforces links, their tokens are dead for good.")
    static final class Remove extends OnPair {
        @Override
        void run(Administration admin, Output output, User user, Client client) {
            boolean kill = admin.gate().enforcesLinks(client.policy(), client.policyMode());
            String pair = user.username() + " is not linked to " + client.id();
            require(admin.links().remove(user, client.id(), kill), pair);
            output.print(
                    Map.of("username", user.username(), "client_id", client.id(), "removed", true),
                    "Unlinked " + user.username() + " from " + client.id() + ".");
        }
    }

    @Command(name = "list", description = "List the links.")
    static final class ListAll extends AdminCommand {
        @Mixin
        private PairOptions pair = new PairOptions();

        @Override
        void run(Administration admin, Output output) {
            UUID userId = pair.userId(admin);
            String clientId = pair.clientId(admin);
            output.list(
                    (@Nullable Link after, int most) -> admin.links().list(userId, clientId, after, most),
                    Document::of,
                    List.of("USER", "CLIENT", "SCOPES", "CREATED"),
                    Document::cells);
        }
    }
}
