package dev.symbolon.migrate;

import dev.symbolon.client.Scopes;
import dev.symbolon.migrate.FosImport.Role;
import dev.symbolon.migrate.SourceDatabase.Table;
import dev.symbolon.token.TokenValue;
import dev.symbolon.user.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads live access or refresh tokens, and links, with the names of their users and the ids of their clients. */
final class FosTokens {
    private final SourceDatabase source;
    private final FosTables tables;

    private record Row(
            String id,
            @Nullable String token,
            @Nullable Long expiresAt,
            @Nullable String scope,
            Owner owner) {}

    /** What the foreign keys lead to. */
    private record Owner(
            @Nullable String userId,
            @Nullable String username,
            @Nullable String clientId,
            @Nullable String clientKey,
            @Nullable String randomId) {

        /** Starting with the column of this number. */
        static Owner of(ResultSet row, int column) throws SQLException {
            return new Owner(
                    row.getString(column),
                    row.getString(column + 1),
                    row.getString(column + 2),
                    row.getString(column + 3),
                    row.getString(column + 4));
        }

        /** What it lacks; null if nothing. */
        @Nullable
        String dangling() {
            if (clientKey == null) {
                return "its client " + clientId + " does not exist";
            }
            return userId != null && username == null ? "its user " + userId + " does not exist" : null;
        }

        byte @Nullable [] nameKey() {
            return username == null ? null : Username.key(username).orElse(new byte[0]); // one that nobody has
        }

        String client() {
            return clientKey + "_" + randomId;
        }
    }

    FosTokens(SourceDatabase source, FosTables tables) {
        this.source = source;
        this.tables = tables;
    }

    /** A token that has no end is alive as well. */
    static String live(SourceDatabase source, Table table, Instant now) {
        String expiry = source.column("t", table, "expires_at");
        return "(" + expiry + " IS NULL OR " + expiry + " > " + now.getEpochSecond() + ")";
    }

    /** @param endless when a token without an end shall have one */
    void read(
            Role role,
            Table table,
            Instant now,
            Instant endless,
            ImportReport report,
            Consumer<List<ImportedToken>> page) {
        List<String> columns = new ArrayList<>();
        List.of("token", "expires_at", "scope").forEach(column -> columns.add(source.column("t", table, column)));
        columns.addAll(owner(table));
        source.read(
                List.of(source.column("t", table, "id")),
                columns,
                joined(table),
                live(source, table, now),
                FosTokens::row,
                rows -> {
                    report.count(role.wireName()).read(rows.size());
                    List<ImportedToken> tokens = new ArrayList<>();
                    for (Row row : rows) {
                        String where = table.name() + ' ' + row.id();
                        try {
                            tokens.add(token(role == Role.REFRESH_TOKENS, row, endless));
                        } catch (IllegalArgumentException e) {
                            report.bad(role.wireName(), where, String.valueOf(e.getMessage()));
                        }
                    }
                    page.accept(tokens);
                });
    }

    private static Row row(ResultSet row) throws SQLException {
        long expiresAt = row.getLong(3);
        boolean endless = row.wasNull();
        return new Row(
                row.getString(1), row.getString(2), endless ? null : expiresAt, row.getString(4), Owner.of(row, 5));
    }

    private static ImportedToken token(boolean refresh, Row row, Instant endless) {
        String dangling = row.owner().dangling();
        if (dangling != null) {
            throw new IllegalArgumentException(dangling);
        }
        TokenValue value = TokenValue.foreign(row.token() == null ? "" : row.token())
                .orElseThrow(
                        () -> new IllegalArgumentException("a token of 32 to 255 printable characters is expected"));
        SortedSet<String> scopes = Scopes.parse(row.scope() == null ? "" : row.scope())
                .orElseThrow(() -> new IllegalArgumentException("a scope has characters that none may have"));
        return new ImportedToken(
                value.id(),
                refresh,
                value.hash(),
                row.owner().username() == null ? "client_credentials" : "password",
                row.owner().client(),
                row.owner().nameKey(),
                new TreeSet<>(scopes),
                row.expiresAt() == null ? endless : Instant.ofEpochSecond(row.expiresAt()));
    }

    /**
     * @param newClients the ids of those that were not there before
     * @param page gets those that lead to a user and a client
     */
    void readLinks(Table table, Set<String> newClients, ImportReport report, Consumer<List<ImportedLink>> page) {
        source.read(
                List.of(source.column("t", table, "user_id"), source.column("t", table, "client_id")),
                owner(table),
                joined(table),
                "1 = 1",
                row -> Owner.of(row, 3),
                owners -> {
                    report.count(Role.LINKS.wireName()).read(owners.size());
                    List<ImportedLink> links = new ArrayList<>();
                    for (Owner owner : owners) {
                        String where = table.name() + ' ' + owner.userId() + ',' + owner.clientId();
                        byte[] nameKey = owner.nameKey();
                        String dangling = owner.dangling();
                        if (dangling == null && nameKey != null) {
                            links.add(new ImportedLink(nameKey, owner.client(), newClients.contains(owner.client())));
                        } else {
                            report.bad(Role.LINKS.wireName(), where, String.valueOf(dangling));
                        }
                    }
                    page.accept(links);
                });
    }

    private List<String> owner(Table table) {
        return List.of(
                source.column("t", table, "user_id"),
                source.column("u", tables.users(), "username"),
                source.column("t", table, "client_id"),
                source.column("c", tables.clients(), "id"),
                source.column("c", tables.clients(), "random_id"));
    }

    private String joined(Table table) {
        return source.quoted(table.name()) + " t LEFT JOIN "
                + source.quoted(tables.users().name()) + " u ON "
                + source.column("u", tables.users(), "id") + " = " + source.column("t", table, "user_id")
                + " LEFT JOIN " + source.quoted(tables.clients().name()) + " c ON "
                + source.column("c", tables.clients(), "id") + " = " + source.column("t", table, "client_id");
    }
}
