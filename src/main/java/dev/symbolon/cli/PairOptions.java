package dev.symbolon.cli;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Narrows a list to a user, a client, or both. */
final class PairOptions {
    @Option(names = "--user", paramLabel = "USER", description = "Of this user only.")
    private @Nullable String user;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Of this client only.")
    private @Nullable String client;

    /** Null for every user; a name that there is not is a failure. */
    @Nullable
    UUID userId(Administration admin) {
        return user == null ? null : AdminCommand.user(admin, user).id();
    }

    /** Null for every client; an id that there is not is a failure. */
    @Nullable
    String clientId(Administration admin) {
        return client == null ? null : AdminCommand.client(admin, client).id();
    }
}
