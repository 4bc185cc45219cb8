package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.group.Group;
import dev.symbolon.user.User;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command on the link between a client and a user, or with {@code --group} a group. */
abstract class LinkCommand extends AdminCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "USER",
            description = "The user's name; left out with --group.")
    private @Nullable String first;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CLIENT", description = "The client's id.")
    private @Nullable String second;

    @Option(names = "--group", paramLabel = "GROUP", description = "Every member of this group instead of one user.")
    private @Nullable String group;

    abstract void onUser(Administration admin, Output output, User user, Client client);

    abstract void onGroup(Administration admin, Output output, Group group, Client client);

    @Override
    final void run(Administration admin, Output output) {
        if (group != null && second != null) {
            throw CommandFailure.badUsage("--group takes the place of USER: only CLIENT is left");
        }
        String user = group == null ? given(first, "USER, or --group in its place,") : "";
        String client = given(group == null ? second : first, "CLIENT");
        if (group == null) {
            onUser(admin, output, user(admin, user), client(admin, client));
        } else {
            onGroup(admin, output, group(admin, group), client(admin, client));
        }
    }

    private static String given(@Nullable String argument, String what) {
        if (argument == null) {
            throw CommandFailure.badUsage(what + " is missing");
        }
        return argument;
    }
}
