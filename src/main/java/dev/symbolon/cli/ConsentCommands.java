package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.consent.Consent;
import dev.symbolon.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code consent …}: what users have agreed to. */
@Command(
        name = "consent",
        mixinStandardHelpOptions = true,
        description = "Consents: which clients users have allowed to act for them.",
        subcommands = {ConsentCommands.ListAll.class, ConsentCommands.Revoke.class})
final class ConsentCommands {
    private record Document(String username, String clientId, Set<String> scopes, Instant grantedAt) {
        static Document of(Consent consent) {
            return new Document(consent.username(), consent.clientId(), consent.scopes(), consent.grantedAt());
        }

        List<String> cells() {
            return List.of(username, clientId, Output.words(scopes), grantedAt.toString());
        }
    }

    @Command(name = "list", description = "List the consents.")
    static final class ListAll extends AdminCommand {
        @Mixin
        private PairOptions pair = new PairOptions();

        @Override
        void run(Administration admin, Output output) {
            UUID userId = pair.userId(admin);
            String clientId = pair.clientId(admin);
            output.list(
                    (@Nullable Consent after, int most) -> admin.consents().list(userId, clientId, after, most),
                    Document::of,
                    List.of("USER", "CLIENT", "SCOPES", "GRANTED"),
                    Document::cells);
        }
    }

    @Command(
            name = "revoke",
            description = "Forget that a user agreed; what the client holds of them is dead for good.")
    static final class Revoke extends AdminCommand {
        @Parameters(index = "0", paramLabel = "USER", description = "The user's name.")
        private String user = "";

        @Parameters(index = "1", paramLabel = "CLIENT", description = "The client's id.")
        private String client = "";

        @Override
        void run(Administration admin, Output output) {
            User user = user(admin, this.user);
            Client client = client(admin, this.client);
            require(
                    admin.consents().revoke(user.id(), client.id()),
                    user.username() + " has not agreed to " + client.id());
            output.print(
                    Map.of("username", user.username(), "client_id", client.id(), "revoked", true),
                    "Revoked the consent of " + user.username() + " to " + client.id() + ".");
        }
    }
}
