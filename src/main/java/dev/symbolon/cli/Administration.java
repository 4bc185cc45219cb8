package dev.symbolon.cli;

import dev.symbolon.attempt.Attempts;
import dev.symbolon.audit.AuditHandover;
import dev.symbolon.cli.remote.AdminSocket;
import dev.symbolon.cli.remote.SocketPath;
import dev.symbolon.client.Clients;
import dev.symbolon.config.Config;
import dev.symbolon.consent.Consents;
import dev.symbolon.door.Doors;
import dev.symbolon.group.Groups;
import dev.symbolon.link.LinkChanges;
import dev.symbolon.link.Links;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.Policies;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.policy.opa.OpaPolicy;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.session.BrowserSessions;
import dev.symbolon.store.Database;
import dev.symbolon.store.StoreException;
import dev.symbolon.token.Tokens;
import dev.symbolon.user.Users;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
        Doors doors,
        Users users,
        Groups groups,
        Links links,
        Tokens tokens,
        BrowserSessions sessions,
        Consents consents,
        Attempts attempts,
        AuditHandover handover,
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
        PolicyGate gate = gate(config.policy(), clock);
        Database database = database(config, gate);
        var hasher = new PasswordHasher(config.password().bcryptCost());
        var changes = new LinkChanges(database, gate.enforcement(), clock);
        return new Administration(
                config,
                clock,
                database,
                hasher,
                gate,
                new Clients(database, hasher, clock),
                new Doors(database),
                new Users(database, hasher, clock),
                new Groups(database, changes),
                new Links(database, changes, clock),
                new Tokens(database, gate, config.token().refreshGrace(), clock),
                new BrowserSessions(database, config.session(), clock),
                new Consents(database, changes, clock),
                new Attempts(database, hasher, config.limits(), clock),
                new AuditHandover(database, clock),
                socket);
    }

    private static Database database(Config config, PolicyGate gate) {
        try {
            return Database.open(config.database());
        } catch (RuntimeException e) {
            gate.close();
            throw e;
        }
    }

    private static PolicyGate gate(Config.Policy config, Clock clock) {
        try {
            List<Policy> policies = Policies.load(config.plugins(), config.pluginTimeout(), config.pluginThreads());
            URI opa = config.opa().url();
            if (opa != null) {
                policies.add(new OpaPolicy(settings(config.opa(), opa), clock));
            } else if (config.type().equals(OpaPolicy.TYPE)) {
                throw new CommandFailure("policy.type: opa needs policy.opa.url");
            }
            return new PolicyGate(policies, config.type(), config.mode());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static OpaPolicy.Settings settings(Config.Opa opa, URI url) {
        return new OpaPolicy.Settings(url, opa.timeout(), opa.concurrency(), opa.cacheTtl(), opa.cacheSize());
    }

    /** Runs commands that are handed over, from now on; nothing if there is nowhere to listen. */
    public AutoCloseable listen() throws IOException {
        return socket == null
                ? () -> {}
                : AdminSocket.open(socket, (arguments, terminal) -> Cli.run(this, arguments, terminal));
    }

    @Override
    public void close() {
        gate.close();
        hasher.close();
        database.close();
    }
}
