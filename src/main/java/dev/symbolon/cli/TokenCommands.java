package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.token.TokenState;
import dev.symbolon.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token …}: live tokens, never their values. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Tokens: those that are alive, taking them back, deleting expired ones.",
        subcommands = {TokenCommands.ListLive.class, TokenCommands.Revoke.class, TokenCommands.Purge.class})
final class TokenCommands {
    private record Document(
            UUID id,
            String kind,
            String clientId,
            @Nullable String username,
            Set<String> scopes,
            Instant issuedAt,
            Instant expiresAt) {
        List<String> cells() {
            return List.of(
                    id.toString(),
                    kind,
                    clientId,
                    username == null ? "-" : username,
                    Output.words(scopes),
                    issuedAt.toString(),
                    expiresAt.toString());
        }
    }

    @Command(name = "list", description = "List live tokens.")
    static final class ListLive extends AdminCommand {
        @Mixin
        private PairOptions pair = new PairOptions();

        @Override
        void run(Administration admin, Output output) {
            UUID userId = pair.userId(admin);
            String clientId = pair.clientId(admin);
            output.list(
                    (@Nullable TokenState after, int most) ->
                            admin.tokens().list(after == null ? new UUID(0, 0) : after.id(), userId, clientId, most),
                    state -> live(admin, state),
                    List.of("ID", "KIND", "CLIENT", "USER", "SCOPES", "ISSUED", "EXPIRES"),
                    Document::cells);
        }

        private static @Nullable Document live(Administration admin, TokenState state) {
            return admin.tokens()
                    .considered(state)
                    .map(scopes -> new Document(
                            state.id(),
                            state.refresh() ? "refresh" : "access",
                            state.clientId(),
                            state.username(),
                            scopes,
                            state.issuedAt(),
                            state.expiresAt()))
                    .orElse(null);
        }
    }

    @Command(name = "revoke", description = "Take tokens back: all of a user, all of a client, or one with its family.")
    static final class Revoke extends AdminCommand {
        static final class Which {
            @Option(names = "--user", paramLabel = "USER", required = true, description = "All of this user.")
            private @Nullable String user;

            @Option(names = "--client", paramLabel = "CLIENT", required = true, description = "All of this client.")
            private @Nullable String client;

            @Option(
                    names = "--id",
                    paramLabel = "ID",
                    required = true,
                    converter = IdConverter.class,
                    description = "This one, and its family.")
            private @Nullable UUID id;
        }

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        @Override
        void run(Administration admin, Output output) {
            if (which.user != null) {
                User user = user(admin, which.user);
                require(admin.users().revokeTokens(user), "user " + user.username() + " is gone");
                done(output, "username", user.username(), "Revoked every token of user " + user.username() + ".");
            } else if (which.client != null) {
                Client client = client(admin, which.client);
                require(admin.clients().revokeTokens(client.id()), "client " + client.id() + " is gone");
                done(output, "client_id", client.id(), "Revoked every token of client " + client.id() + ".");
            } else if (which.id != null) {
                UUID id = which.id;
                TokenState token =
                        admin.tokens().find(id).orElseThrow(() -> new CommandFailure("there is no token " + id));
                admin.tokens().revoke(token);
                done(output, "id", id.toString(), "Revoked token " + id + ".");
            }
        }

        private static void done(Output output, String member, String value, String words) {
            output.print(Map.of(member, value, "revoked", true), words);
        }
    }

    @Command(name = "purge", description = "Delete expired tokens now; the service does so from time to time.")
    static final class Purge extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            int purged = admin.tokens().purge(() -> false);
            output.print(Map.of("purged", purged), "Deleted expired tokens: " + purged + ".");
        }
    }
}
