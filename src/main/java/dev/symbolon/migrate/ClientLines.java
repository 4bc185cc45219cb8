package dev.symbolon.migrate;

import dev.symbolon.client.Client;
import dev.symbolon.client.ClientId;
import dev.symbolon.client.ClientSettings;
import dev.symbolon.client.Clients;
import dev.symbolon.config.ScopeWords;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.PolicyMode;
import dev.symbolon.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Imports clients from lines of JSON, all or none. */
public final class ClientLines {
    private static final long MOST_SECONDS = Duration.ofDays(3650).toSeconds();

    private final Database database;
    private final PasswordHasher hasher;
    private final Clock clock;
    private final Set<String> policyTypes;

    public ClientLines(Database database, PasswordHasher hasher, Clock clock, Set<String> policyTypes) {
        this.database = database;
        this.hasher = hasher;
        this.clock = clock;
        this.policyTypes = policyTypes;
    }

    /**
     * @return how many clients that were
     * @throws ImportException if a line is bad
     */
    public long read(JsonLines.Source lines) {
        Map<Long, Client> clients = new TreeMap<>();
        JsonLines.read(lines, ClientLine.class, (number, line) -> clients.put(number, client(line)));
        return database.writeLong(session -> {
            clients.forEach((number, client) -> {
                if (!Clients.insert(session, client)) {
                    throw new ImportException("line " + number + ": there is a client of this id already");
                }
            });
            return (long) clients.size();
        });
    }

    private Client client(ClientLine line) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        boolean isPublic = JsonLines.orElse(line.isPublic(), false);
        String id = JsonLines.orElse(line.clientId(), "");
        JsonLines.require(ClientId.isPossible(id), "client_id must have 1 to 255 printable ASCII characters, no space");
        ClientSettings settings = settings(line);
        settings.problem(isPublic).ifPresent(problem -> JsonLines.require(false, problem));
        String old = usable(line.oldSecretHash());
        JsonLines.require(
                (old == null) == (line.oldSecretUntil() == null), "old_secret_hash goes with old_secret_until");
        JsonLines.require(
                !isPublic || (line.clientSecret() == null && line.secretHash() == null && old == null),
                "a public client has no secret");
        String hash = isPublic ? null : Secrets.hash("client_secret", line.clientSecret(), line.secretHash(), hasher);
        Instant until = old == null ? null : JsonLines.time("old_secret_until", String.valueOf(line.oldSecretUntil()));
        boolean alike = hash != null
                && old != null
                && !PasswordHasher.scheme(hash).isEmpty()
                && !PasswordHasher.scheme(old).isEmpty();
        JsonLines.require(!alike, "one of the two secrets at least has to be bcrypt");
        return new Client(
                id,
                settings.name(),
                hash,
                old,
                until,
                work(hash) + work(old),
                settings.grants(),
                settings.scopes(),
                settings.scopeDescriptions(),
                settings.redirectUris(),
                isPublic,
                settings.introspect(),
                JsonLines.orElse(line.enabled(), true),
                settings.policy(),
                settings.policyMode(),
                settings.accessTtl(),
                settings.refreshTtl(),
                settings.requirePkce(),
                settings.trusted(),
                settings.compatFos(),
                settings.rateLimit(),
                0,
                line.createdAt() == null ? now : JsonLines.time("created_at", line.createdAt()));
    }

    private ClientSettings settings(ClientLine line) {
        String policy = line.policy();
        Map<String, String> descriptions = JsonLines.orElse(line.scopeDescriptions(), Map.of());
        JsonLines.require(
                ScopeWords.parse(ScopeWords.format(descriptions))
                        .filter(descriptions::equals)
                        .isPresent(),
                "scope_descriptions are scopes and words without a semicolon");
        JsonLines.require(policy == null || policyTypes.contains(policy), "there is no such policy");
        PolicyMode mode = line.policyMode() == null
                ? null
                : PolicyMode.of(line.policyMode())
                        .orElseThrow(() -> new IllegalArgumentException("policy_mode is enforce or audit"));
        return new ClientSettings(
                JsonLines.orElse(line.name(), ""),
                words(line.grants()),
                words(line.scopes()),
                descriptions,
                words(line.redirectUris()),
                JsonLines.orElse(line.introspect(), false),
                policy,
                mode,
                ttl(line.accessTtl()),
                ttl(line.refreshTtl()),
                JsonLines.orElse(line.requirePkce(), false),
                JsonLines.orElse(line.trusted(), false),
                JsonLines.orElse(line.compatFos(), false),
                line.rateLimit());
    }

    private static @Nullable String usable(@Nullable String hash) {
        return hash == null ? null : Secrets.usable(hash);
    }

    private static Set<String> words(@Nullable Set<String> words) {
        return new TreeSet<>(JsonLines.orElse(words, Set.of()));
    }

    private static @Nullable Duration ttl(@Nullable Long seconds) {
        JsonLines.require(
                seconds == null || (seconds >= 1 && seconds <= MOST_SECONDS), "a lifetime is 1 second to ten years");
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static long work(@Nullable String hash) {
        return hash == null ? 0 : PasswordHasher.work(hash);
    }
}
