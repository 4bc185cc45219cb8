package dev.symbolon.migrate;

import dev.symbolon.client.Client;
import dev.symbolon.client.ClientId;
import dev.symbolon.client.ClientSettings;
import dev.symbolon.client.RedirectUri;
import dev.symbolon.client.Scopes;
import dev.symbolon.migrate.FosImport.Role;
import dev.symbolon.migrate.SourceDatabase.Table;
import dev.symbolon.password.PasswordHasher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the clients, of which there are few enough to hold them all, and hashes their secrets. */
final class FosClients {
    private static final int FEW = 22;

    /** PHP's {@code base_convert} goes through a double: all but the first digits are multiples of four. */
    private static final Pattern BASE_CONVERT = Pattern.compile("[0-9a-z]{12,16}[048cgkosw]{30,40}");

    private final SourceDatabase source;
    private final FosTables tables;
    private final FosImport.Options options;
    private final PasswordHasher hasher;
    private final Predicate<String> isThere;

    private record Row(
            String id,
            @Nullable String randomId,
            @Nullable String secret,
            @Nullable String redirectUris,
            @Nullable String grants,
            @Nullable String name) {}

    /** @param isThere whether there is a client of that id already, whose secret need not be hashed */
    FosClients(
            SourceDatabase source,
            FosTables tables,
            FosImport.Options options,
            PasswordHasher hasher,
            Predicate<String> isThere) {
        this.source = source;
        this.tables = tables;
        this.options = options;
        this.hasher = hasher;
        this.isThere = isThere;
    }

    /** What is wrong with them is in the report. */
    List<Client> read(ImportReport report, Instant now) {
        Map<String, Set<String>> scopes = scopes(now);
        List<Client> clients = new ArrayList<>();
        Table table = tables.clients();
        String name = table.has("name") ? source.column("c", table, "name") : "NULL";
        source.read(
                List.of(source.column("c", table, "id")),
                List.of(
                        source.column("c", table, "random_id"),
                        source.column("c", table, "secret"),
                        source.column("c", table, "redirect_uris"),
                        source.column("c", table, "allowed_grant_types"),
                        name),
                source.quoted(table.name()) + " c",
                "1 = 1",
                FosClients::row,
                page -> page.forEach(row -> {
                    report.count(Role.CLIENTS.wireName()).read(1);
                    try {
                        clients.add(client(row, scopes.getOrDefault(row.id(), Set.of()), report, now));
                    } catch (IllegalArgumentException e) {
                        report.bad(
                                Role.CLIENTS.wireName(), table.name() + ' ' + row.id(), String.valueOf(e.getMessage()));
                    }
                }));
        return clients;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }

    /** Those that the live tokens of each client have: the bundle has no others in its tables. */
    private Map<String, Set<String>> scopes(Instant now) {
        Map<String, Set<String>> scopes = new HashMap<>();
        for (Table table : new Table[] {tables.accessTokens(), tables.refreshTokens()}) {
            if (table != null) {
                String from = "(SELECT DISTINCT " + source.column("t", table, "client_id") + " AS client_id, "
                        + source.column("t", table, "scope") + " AS scope FROM " + source.quoted(table.name())
                        + " t WHERE " + FosTokens.live(source, table, now) + " AND "
                        + source.column("t", table, "scope") + " IS NOT NULL) d";
                source.read(
                        List.of("d.client_id", "d.scope"),
                        List.of("1"),
                        from,
                        "1 = 1",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        page -> page.forEach(found -> Scopes.parse(found.getValue())
                                .ifPresent(words -> scopes.computeIfAbsent(found.getKey(), any -> new TreeSet<>())
                                        .addAll(words))));
            }
        }
        return scopes;
    }

    /** @throws IllegalArgumentException if it cannot be carried over */
    private Client client(Row row, Set<String> scopesInUse, ImportReport report, Instant now) {
        String id = row.id() + '_' + row.randomId();
        require(row.randomId() != null && ClientId.isPossible(id), "no id that a client can have");
        String where = tables.clients().name() + ' ' + row.id();
        boolean isPublic = row.secret() == null || row.secret().isEmpty();
        Set<String> uris = kept(
                where,
                "redirect URI",
                "neither https nor local",
                row.redirectUris(),
                RedirectUri::isAcceptable,
                report);
        Set<String> grants =
                kept(where, "grant", "there is none such here", row.grants(), ClientSettings.GRANTS::contains, report);
        if (uris.isEmpty() && grants.remove("authorization_code")) {
            report.changed().add(where, "grant authorization_code left out: no redirect URI");
        }
        if (isPublic) {
            grants.remove("client_credentials");
            report.changed().add(where, "public from now on: it had no secret, and took any");
        }
        require(!grants.isEmpty(), "no grant that there is here");
        Set<String> scopes = new TreeSet<>(options.scopes());
        scopes.addAll(scopesInUse);
        if (isWeak(row.secret())) {
            report.weakSecrets().add(id, where);
        }
        var settings = new ClientSettings(
                row.name() == null || row.name().isBlank() ? id : row.name(),
                grants,
                scopes,
                Map.of(),
                uris,
                false,
                null,
                options.policyMode(),
                null,
                null,
                false,
                false,
                false,
                null);
        settings.problem(isPublic).ifPresent(problem -> require(false, problem));
        String hash = isPublic ? null : hash(id, String.valueOf(row.secret()));
        return settings.toClient(id, isPublic, hash, hash == null ? 0 : PasswordHasher.work(hash), now);
    }

    /** Not where nobody will need it. */
    private @Nullable String hash(String id, String secret) {
        return options.dryRun() || isThere.test(id) ? null : hasher.hash(secret);
    }

    private static boolean isWeak(@Nullable String secret) {
        return secret != null
                && !secret.isEmpty()
                && (secret.length() < FEW || BASE_CONVERT.matcher(secret).matches());
    }

    private static Set<String> kept(
            String where,
            String what,
            String why,
            @Nullable String serialized,
            Predicate<String> isKept,
            ImportReport report) {
        Set<String> kept = new TreeSet<>();
        for (String word : serialized == null ? List.<String>of() : PhpSerialized.strings(serialized)) {
            if (isKept.test(word)) {
                kept.add(word);
            } else {
                report.changed().add(where, what + ' ' + word + " left out: " + why);
            }
        }
        return kept;
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
