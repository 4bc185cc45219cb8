package dev.symbolon.migrate;

import dev.symbolon.migrate.FosImport.Role;
import dev.symbolon.migrate.SourceDatabase.Table;
import dev.symbolon.store.TimeOrderedId;
import dev.symbolon.user.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the users, of whom there may be any number, and writes them page by page. */
final class FosUsers {
    private static final int SECONDS = 19; // of 2026-01-31 12:00:00

    private final SourceDatabase source;
    private final Table table;
    private final @Nullable Integer iterations;
    private final Instant now;
    private final Clock clock;

    private record Row(
            String id,
            @Nullable String username,
            @Nullable String password,
            @Nullable String salt,
            @Nullable String roles,
            @Nullable String closed) {}

    FosUsers(SourceDatabase source, Table table, @Nullable Integer iterations, Instant now, Clock clock) {
        this.source = source;
        this.table = table;
        this.iterations = iterations;
        this.now = now;
        this.clock = clock;
    }

    /** @param page gets them as they are to be stored; what is wrong with the others is in the report */
    void read(ImportReport report, Consumer<List<ImportedUser>> page) {
        List<String> columns = new ArrayList<>();
        for (String column : List.of(
                "username",
                "password",
                "salt",
                "roles",
                "enabled",
                "locked",
                "expired",
                "expires_at",
                "credentials_expired",
                "credentials_expire_at")) {
            columns.add((table.has(column) ? source.column("u", table, column) : "NULL") + " AS c_" + column);
        }
        source.read(
                List.of(source.column("u", table, "id")),
                columns,
                source.quoted(table.name()) + " u",
                "1 = 1",
                this::row,
                rows -> {
                    report.count(Role.USERS.wireName()).read(rows.size());
                    page.accept(rows.stream()
                            .map(row -> user(row, report))
                            .flatMap(Optional::stream)
                            .toList());
                });
    }

    private Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString("c_username"),
                row.getString("c_password"),
                row.getString("c_salt"),
                row.getString("c_roles"),
                closed(row));
    }

    /** How the account is closed, in the words of the bundle; null if it is open. */
    private @Nullable String closed(ResultSet row) throws SQLException {
        if (!row.getBoolean("c_enabled")) {
            return "not enabled";
        }
        if (row.getBoolean("c_locked")) {
            return "locked";
        }
        if (row.getBoolean("c_expired") || isPast(row.getString("c_expires_at"))) {
            return "expired";
        }
        return row.getBoolean("c_credentials_expired") || isPast(row.getString("c_credentials_expire_at"))
                ? "credentials expired"
                : null;
    }

    /** The bundle does not say of which time zone; UTC is off by some hours at most. */
    private boolean isPast(@Nullable String time) {
        if (time == null || time.length() < SECONDS) {
            return false;
        }
        try {
            LocalDateTime local = LocalDateTime.parse(time.substring(0, SECONDS).replace(' ', 'T'));
            return !local.toInstant(ZoneOffset.UTC).isAfter(now);
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private Optional<ImportedUser> user(Row row, ImportReport report) {
        String where = table.name() + ' ' + row.id();
        String name = row.username() == null ? "" : row.username();
        Optional<byte[]> key = Username.key(name);
        Optional<String> hash =
                FosPassword.toStored(row.password() == null ? "" : row.password(), row.salt(), iterations);
        if (key.isEmpty() || hash.isEmpty()) {
            report.bad(
                    Role.USERS.wireName(),
                    where,
                    key.isEmpty() ? "no name that a user can have" : "unknown password hash");
            return Optional.empty();
        }
        try {
            (row.roles() == null ? List.<String>of() : PhpSerialized.strings(row.roles())).forEach(report::role);
        } catch (IllegalArgumentException e) {
            report.bad(Role.USERS.wireName(), where, "roles: " + e.getMessage());
            return Optional.empty();
        }
        if (row.closed() != null) {
            report.disabled().add(name, row.closed());
        }
        return Optional.of(new ImportedUser(
                where, TimeOrderedId.at(clock.instant()), name, key.get(), hash.get(), row.closed() == null, now));
    }
}
