package dev.symbolon.client;

import dev.symbolon.attempt.Attempts;
import dev.symbolon.attempt.Origin;
import dev.symbolon.attempt.Subject;
import dev.symbolon.audit.AuditLog;
import dev.symbolon.http.Basic;
import dev.symbolon.http.Exchange;
import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.limit.RateLimits;
import dev.symbolon.password.BusyException;
import dev.symbolon.password.Dearest;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.password.Turn.Part;
import dev.symbolon.store.Database;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Authenticates clients by HTTP Basic or by the body (RFC 6749 section 2.3.1), and lets public ones name themselves.
 *
 * <p>An unknown client, a wrong secret and a disabled client get the same answer in the same time. Thread-safe.
 */
public final class ClientAuthenticator {
    private static final int MOST_JOINING = 1024;

    private final Clients clients;
    private final Database database;
    private final PasswordHasher hasher;
    private final Attempts attempts;
    private final Clock clock;
    private final VerifiedSecrets verified = new VerifiedSecrets();
    private final RateLimits limits;
    private final Map<String, CompletableFuture<Optional<String>>> underway = new ConcurrentHashMap<>();

    /** For those who wait for another's bcrypt: before Java 21 each has a thread, of which some are to be left. */
    private final Semaphore joining = new Semaphore(MOST_JOINING);

    public ClientAuthenticator(
            Clients clients, Database database, PasswordHasher hasher, Attempts attempts, Clock clock) {
        this.clients = clients;
        this.database = database;
        this.hasher = hasher;
        this.attempts = attempts;
        this.clock = clock;
        this.limits = new RateLimits(clock);
    }

    /** As {@link #authenticate}, and no public client: the introspection endpoint is not for them (RFC 7662 2.1). */
    public Client authenticateConfidential(Context ctx, Form form) {
        Client client = authenticate(ctx, form);
        if (client.isPublic()) {
            throw refusal();
        }
        return client;
    }

    /**
     * The client that sent the request. Its row is read before its secret is checked, so that the epoch in it is older
     * than whatever happens to the client meanwhile.
     *
     * @throws OAuthError {@code invalid_client}, or {@code invalid_request} for more than one way of authenticating
     */
    public Client authenticate(Context ctx, Form form) {
        Optional<Basic> basic = Basic.of(ctx);
        Optional<String> secret = form.optional("client_secret");
        if (basic.isPresent() && secret.isPresent()) {
            throw OAuthError.invalidRequest("authenticate by HTTP Basic or by client_secret, not by both");
        }
        String id = basic.map(Basic::id).or(() -> form.optional("client_id")).orElseThrow(ClientAuthenticator::refusal);
        if (!id.equals(form.optional("client_id").orElse(id))) {
            throw OAuthError.invalidRequest("client_id in the body differs from the one in HTTP Basic");
        }
        return verify(ctx, id, basic.map(Basic::secret).or(() -> secret));
    }

    /** The client in whose name we act ourselves, without its secret: {@code invalid_client} if it may not act. */
    public Client vouchFor(Context ctx, String id) {
        return find(ctx, id).filter(Client::enabled).map(this::admit).orElseThrow(ClientAuthenticator::refusal);
    }

    /** Only what it has proved to be its own is counted, or others could use its limit up. */
    private Client admit(Client client) {
        if (client.rateLimit() != null) {
            limits.spend(client.id(), client.rateLimit());
        }
        return client;
    }

    private Optional<Client> find(Context ctx, String id) {
        Optional<Client> found = clients.find(id);
        found.map(Client::id).ifPresent(Exchange.of(ctx)::client);
        return found;
    }

    /** As {@link #authenticate}, by what was presented, however that was. */
    public Client verify(Context ctx, String id, Optional<String> secret) {
        Optional<Client> found = find(ctx, id);
        Optional<Client> enabled = found.filter(Client::enabled);
        boolean proved = secret.isPresent()
                ? isRight(found, id, secret.get(), ctx.ip())
                : enabled.filter(Client::isPublic).isPresent();
        if (!proved) {
            AuditLog.record(
                    "client-refused", "client", found.map(Client::id).orElse(null), "endpoint", Exchange.endpoint(ctx));
        }
        return enabled.filter(client -> proved).map(this::admit).orElseThrow(ClientAuthenticator::refusal);
    }

    private boolean isRight(Optional<Client> found, String id, String secret, String address) {
        List<String> hashes = found.filter(Client::enabled)
                .map(client -> client.secretHashes(clock.instant()))
                .orElse(List.of());
        boolean remembered =
                found.isPresent() && attempts.admits(id, address, () -> verified.contains(id, secret, hashes));
        return remembered || check(found, id, secret, hashes, address);
    }

    /** Connections of one client that all begin at once wait for one bcrypt together. */
    private boolean check(Optional<Client> found, String id, String secret, List<String> hashes, String address) {
        var mine = new CompletableFuture<Optional<String>>();
        String flight = address + ' ' + verified.tag(id, secret);
        CompletableFuture<Optional<String>> others = underway.putIfAbsent(flight, mine);
        if (others != null) {
            return join(others).filter(hashes::contains).isPresent();
        }
        try {
            Optional<String> matched = match(found, id, secret, hashes, address);
            mine.complete(matched);
            return matched.isPresent();
        } catch (RuntimeException | Error e) { // or they would wait for ever
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underway.remove(flight);
        }
    }

    private Optional<String> join(CompletableFuture<Optional<String>> others) {
        if (!joining.tryAcquire()) {
            throw new BusyException();
        }
        try {
            return others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            joining.release();
        }
    }

    /** The stored hash that the secret matches. */
    private Optional<String> match(
            Optional<Client> found, String id, String secret, List<String> hashes, String address) {
        Dearest dearest = database.read(ClientDao.class, ClientDao::dearest);
        Subject subject = found.isPresent() ? Subject.client(id) : Subject.stranger(id);
        Optional<String> matched =
                attempts.check(subject, Origin.address(address), Part.SECRETS, secret, hashes, dearest, false);
        matched.ifPresent(hash -> {
            verified.add(id, secret, hash);
            redo(found.orElseThrow(), secret, hash);
        });
        return matched;
    }

    /** A hash of another cost than the configured one, or another program's, is made anew, now that the secret is known. */
    private void redo(Client client, String secret, String hash) {
        if (hasher.isOutdated(hash) && hash.equals(client.secretHash())) {
            hasher.rehash(
                    secret,
                    redone -> database.write(handle -> handle.attach(ClientDao.class)
                            .redoHash(
                                    client.id(),
                                    hash,
                                    redone,
                                    PasswordHasher.work(redone) - PasswordHasher.work(hash),
                                    Client.hashScheme(redone, client.oldSecretHash()))));
        }
    }

    private static OAuthError refusal() {
        return new OAuthError(Code.INVALID_CLIENT, "client authentication failed");
    }
}
