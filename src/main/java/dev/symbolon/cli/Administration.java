package dev.symbolon.cli;

import dev.symbolon.cli.remote.AdminSocket;
import dev.symbolon.cli.remote.SocketPath;
import dev.symbolon.client.Clients;
import dev.symbolon.config.Config;
import dev.symbolon.consent.Consents;
import dev.symbolon.link.Links;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.Policies;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.session.BrowserSessions;
import dev.symbolon.store.Database;
import dev.symbolon.store.StoreException;
import dev.symbolon.token.Tokens;
import dev.symbolon.user.Users;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What an administration command works on: on its own, or inside the running service, which builds on the same. Owns
 * the database and the pool for bcrypt.
 */
public record Administration(
        Config config,
        Clock clock,
        Database database,
        PasswordHasher hasher,
        PolicyGate gate,
        Clients clients,
        Users users,
        Links links,
        Tokens tokens,
        BrowserSessions sessions,
        Consents consents,
        @Nullable SocketPath socket)
        implements AutoCloseable {

    /**
     * Opens the configured database.
     *
     * @throws dev.symbolon.store.DatabaseInUseException if another process holds it, which may pass
     * @throws dev.symbolon.store.StoreException if it cannot be used
     * @throws CommandFailure if there is no policy of the configured type
     */
    public static Administration open(Config config, Clock clock) {
        Path file = Database.file(config.database()).orElse(null);
        try {
            return open(config, clock, file == null ? null : SocketPath.beside(file));
        } catch (IOException e) {
            throw new StoreException("no administration socket beside the database: " + e.getMessage(), e);
        }
    }

    /** @param socket where commands reach the service; null: nowhere */
    static Administration open(Config config, Clock clock, @Nullable SocketPath socket) {
        PolicyGate gate = gate(config.policy());
        Database database = Database.open(config.database());
        var hasher = new PasswordHasher(config.password().bcryptCost());
        return new Administration(
                config,
                clock,
                database,
                hasher,
                gate,
                new Clients(database, hasher, clock),
                new Users(database, hasher, clock),
                new Links(database, clock),
                new Tokens(database, gate, clock),
                new BrowserSessions(database, config.session(), clock),
                new Consents(database, clock),
                socket);
    }

    private static PolicyGate gate(Config.Policy config) {
        try {
            return new PolicyGate(Policies.all(), config.type(), config.mode());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("policy.type: " + e.getMessage());
        }
    }

    /** Runs commands that are handed over, from now on; nothing if there is nowhere to listen. */
    public AutoCloseable listen() throws IOException {
        return socket == null
                ? () -> {}
                : AdminSocket.open(socket, (arguments, terminal) -> Cli.run(this, arguments, terminal));
    }

    @Override
    public void close() {
        hasher.close();
        database.close();
    }
}
