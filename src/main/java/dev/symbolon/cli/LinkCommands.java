package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.group.Group;
import dev.symbolon.link.Assignment;
import dev.symbolon.link.Link;
import dev.symbolon.link.LinkTerms;
import dev.symbolon.user.ResourceOwner;
import dev.symbolon.user.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code link …}: which user may use which client. */
@Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = "Links: which user may use which client, by a link of their own or of a group.",
        subcommands = {LinkCommands.Add.class, LinkCommands.Remove.class, LinkCommands.ListAll.class})
final class LinkCommands {
    @Command(
            name = "add",
            customSynopsis = {
                "symbolon link add [OPTIONS] USER CLIENT",
                "       symbolon link add [OPTIONS] --group=GROUP CLIENT"
            },
            description = "Link a user or a group to a client, or change the scopes and the end of the link there is.")
    static final class Add extends LinkCommand {
        @Option(names = "--scope", paramLabel = "SCOPE", split = ",", description = "At most these. Repeatable.")
        private @Nullable List<String> scopes;

        @Mixin
        private LinkEndOptions end = new LinkEndOptions();

        @Override
        void onUser(Administration admin, Output output, User user, Client client) {
            added(output, admin.links().add(user.id(), client.id(), terms(admin)), user.username(), client);
        }

        @Override
        void onGroup(Administration admin, Output output, Group group, Client client) {
            added(
                    output,
                    admin.links().addGroup(group.name(), client.id(), terms(admin)),
                    "group " + group.name(),
                    client);
        }

        private LinkTerms terms(Administration admin) {
            Set<String> most = scopes == null ? null : ClientOptions.scopes(scopes);
            return new LinkTerms(most, end.endsAt(admin.clock()));
        }

        private static void added(Output output, Optional<Link> added, String who, Client client) {
            Link link = added.orElseThrow(() -> new CommandFailure(who + " or client " + client.id() + " is gone"));
            String until = link.endsAt() == null ? "" : " until " + link.endsAt();
            output.print(LinkDocument.of(link), "Linked " + who + " to " + client.id() + until + ".");
        }
    }

    @Command(
            name = "remove",
            customSynopsis = {
                "symbolon link remove [OPTIONS] USER CLIENT",
                "       symbolon link remove [OPTIONS] --group=GROUP CLIENT"
            },
            description =
                    "Unlink a user or a group from a client. Where the policy enforces links, the tokens of whoever has no other are dead for good.")
    static final class Remove extends LinkCommand {
        /** @param group null for a user's own link, as {@code username} for a group's */
        private record Removed(
                @Nullable String username, @Nullable String group, String clientId, boolean removed) {}

        @Override
        void onUser(Administration admin, Output output, User user, Client client) {
            boolean removed = admin.links().remove(user.id(), client.id());
            String groups = groups(admin, user, client);
            require(
                    removed,
                    user.username() + " is not linked to " + client.id()
                            + (groups.isEmpty() ? "" : " but by " + groups));
            output.print(
                    new Removed(user.username(), null, client.id(), true),
                    "Unlinked " + user.username() + " from " + client.id()
                            + (groups.isEmpty() ? "." : ", who may still use it by " + groups + "."));
        }

        private static String groups(Administration admin, User user, Client client) {
            return admin
                    .users()
                    .asSeenBy(client.id(), user.username())
                    .map(ResourceOwner::assignment)
                    .orElse(Assignment.NONE)
                    .ways()
                    .stream()
                    .filter(way -> way.group() != null)
                    .map(way -> "group " + way.group())
                    .collect(Collectors.joining(", "));
        }

        @Override
        void onGroup(Administration admin, Output output, Group group, Client client) {
            require(
                    admin.links().removeGroup(group.name(), client.id()),
                    "group " + group.name() + " is not linked to " + client.id());
            output.print(
                    new Removed(null, group.name(), client.id(), true),
                    "Unlinked group " + group.name() + " from " + client.id() + ".");
        }
    }

    @Command(
            name = "list",
            description = "List the links of users and of groups; with --user, by which links this user may use what.")
    static final class ListAll extends AdminCommand {
        @Mixin
        private PairOptions pair = new PairOptions();

        @Override
        void run(Administration admin, Output output) {
            UUID userId = pair.userId(admin);
            String clientId = pair.clientId(admin);
            output.list(
                    (@Nullable Link after, int most) -> admin.links().list(userId, clientId, after, most),
                    LinkDocument::of,
                    LinkDocument.HEADERS,
                    LinkDocument::cells);
        }
    }
}
