package dev.symbolon.cli;

import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.client.Client;
import dev.symbolon.user.User;
import picocli.CommandLine.Option;

/**
 * A command on the configured database. It runs where the database is at hand, wherever it was typed: see {@link
 * Dispatcher}.
 */
abstract class AdminCommand {
    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(names = "--demo", description = "Talk to the running demo instead of the configured database.")
    private boolean demo;

    /** @throws CommandFailure if it cannot be done, or the options do not make sense */
    abstract void run(Administration admin, Output output);

    final void run(Administration admin, Terminal terminal) {
        run(admin, new Output(terminal, json));
    }

    final boolean isDemo() {
        return demo;
    }

    static Client client(Administration admin, String id) {
        return admin.clients().find(id).orElseThrow(() -> new CommandFailure("there is no client " + Output.plain(id)));
    }

    static User user(Administration admin, String name) {
        return admin.users().find(name).orElseThrow(() -> new CommandFailure("there is no user " + Output.plain(name)));
    }

    /** For what was found a moment ago and is gone now. */
    static void require(boolean done, String failure) {
        if (!done) {
            throw new CommandFailure(failure);
        }
    }
}
