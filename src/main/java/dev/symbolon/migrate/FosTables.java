package dev.symbolon.migrate;

import dev.symbolon.migrate.SourceDatabase.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the bundles, which each application names as it likes.
 *
 * @param links null if there is none, as {@code accessTokens} and {@code refreshTokens}
 */
record FosTables(
        Table clients,
        Table users,
        @Nullable Table links,
        @Nullable Table accessTokens,
        @Nullable Table refreshTokens) {

    private static final List<String> CLIENTS =
            List.of("oauth2_clients", "oauth_clients", "oauth2_client", "oauth_client", "fos_oauth_client", "client");
    private static final List<String> USERS =
            List.of("fos_user", "fos_users", "fos_user_user", "app_users", "users", "user");
    private static final List<String> LINKS = List.of(
            "fos_user__to__oauth_clients", "fos_user__to__oauth_client", "fos_user_oauth_clients", "users_clients");
    private static final List<String> ACCESS_TOKENS = List.of(
            "oauth2_access_tokens",
            "oauth_access_tokens",
            "oauth2_access_token",
            "oauth_access_token",
            "fos_oauth_access_token",
            "access_token",
            "accesstoken");
    private static final List<String> REFRESH_TOKENS = ACCESS_TOKENS.stream()
            .map(name -> name.replace("access", "refresh"))
            .toList();

    /** @throws ImportException if a table that is needed, or was named, is not there, or lacks a column */
    static FosTables find(SourceDatabase source, FosImport.Names names) {
        return new FosTables(
                needed(
                        source,
                        "--client-table",
                        names.clients(),
                        CLIENTS,
                        "id random_id secret redirect_uris allowed_grant_types"),
                needed(source, "--user-table", names.users(), USERS, "id username enabled password"),
                optional(source, "--link-table", names.links(), LINKS, "user_id client_id"),
                optional(source, "--token-tables", names.accessTokens(), ACCESS_TOKENS, TOKEN_COLUMNS),
                optional(source, "--token-tables", names.refreshTokens(), REFRESH_TOKENS, TOKEN_COLUMNS));
    }

    private static final String TOKEN_COLUMNS = "id token expires_at scope client_id user_id";

    private static Table needed(
            SourceDatabase source, String option, @Nullable String named, List<String> usual, String columns) {
        Table table = optional(source, option, named, usual, columns);
        if (table == null) {
            throw new ImportException("no table " + String.join(", ", usual) + ": name it with " + option);
        }
        return table;
    }

    private static @Nullable Table optional(
            SourceDatabase source, String option, @Nullable String named, List<String> usual, String columns) {
        Table table = source.find(named == null ? usual : List.of(named)).orElse(null);
        if (table == null && named != null) {
            throw new ImportException("there is no table " + named + " (" + option + ")");
        }
        if (table != null) {
            Arrays.stream(columns.split(" "))
                    .filter(column -> !table.has(column))
                    .findFirst()
                    .ifPresent(column -> {
                        throw new ImportException("table " + table.name() + " has no column " + column + " (" + option
                                + " names another)");
                    });
        }
        return table;
    }

    /** By their roles; empty where there is none. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        Stream.of(FosImport.Role.values()).forEach(role -> {
            Table table = table(role);
            names.put(role.wireName(), table == null ? "" : table.name());
        });
        return names;
    }

    @Nullable
    Table table(FosImport.Role role) {
        return switch (role) {
            case CLIENTS -> clients;
            case USERS -> users;
            case LINKS -> links;
            case ACCESS_TOKENS -> accessTokens;
            case REFRESH_TOKENS -> refreshTokens;
        };
    }
}
