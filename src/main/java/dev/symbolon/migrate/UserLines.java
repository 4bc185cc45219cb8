package dev.symbolon.migrate;

import dev.symbolon.password.PasswordHasher;
import dev.symbolon.store.Database;
import dev.symbolon.store.Session;
import dev.symbolon.store.TimeOrderedId;
import dev.symbolon.user.Username;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Imports users from lines of JSON, all or none. What has been checked and hashed waits in a temporary file for the
 * transaction, so that neither hashing happens inside it nor memory grows with the users.
 */
public final class UserLines {
    private final Database database;
    private final PasswordHasher hasher;
    private final Clock clock;

    public UserLines(Database database, PasswordHasher hasher, Clock clock) {
        this.database = database;
        this.hasher = hasher;
        this.clock = clock;
    }

    /**
     * @return how many users that were
     * @throws ImportException if a line is bad
     */
    public long read(JsonLines.Source lines) {
        try {
            Path prepared = Files.createTempFile("symbolon-import", ".jsonl"); // for its owner only
            try {
                prepare(lines, prepared);
                return database.writeLong(session -> write(session, prepared, clock.instant()));
            } finally {
                Files.deleteIfExists(prepared);
            }
        } catch (IOException e) {
            throw new ImportException("the temporary file failed: " + e.getMessage(), e);
        }
    }

    /** Line by line, so that the numbers stay. */
    private void prepare(JsonLines.Source lines, Path prepared) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(prepared)) {
            long[] written = {0};
            JsonLines.read(lines, UserLine.class, (number, line) -> {
                try {
                    for (; written[0] < number - 1; written[0]++) {
                        out.newLine();
                    }
                    out.write(JsonLines.line(prepared(line)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private UserLine prepared(UserLine line) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant createdAt = line.createdAt() == null ? now : JsonLines.time("created_at", line.createdAt());
        JsonLines.require(
                Username.key(JsonLines.orElse(line.username(), "")).isPresent(),
                "username must have 1 to 1,024 characters, none of them a control character");
        return new UserLine(
                (line.id() == null ? TimeOrderedId.at(now) : id(line.id())).toString(),
                line.username(),
                JsonLines.orElse(line.enabled(), true),
                createdAt.toString(),
                null,
                Secrets.hash("password", line.password(), line.passwordHash(), hasher));
    }

    /** Not one that stands for nobody, for all users, or for strangers. */
    private static UUID id(String text) {
        UUID id = JsonLines.id(text);
        JsonLines.require(id.getMostSignificantBits() != 0, "id is a UUID that does not begin with 16 zeros");
        return id;
    }

    private static long write(Session session, Path prepared, Instant now) {
        ImportDao dao = session.attach(ImportDao.class);
        long epoch = dao.nextEpoch();
        List<ImportedUser> page = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        long[] users = {0};
        try (BufferedReader in = Files.newBufferedReader(prepared)) {
            JsonLines.read(() -> Optional.ofNullable(in.readLine()), UserLine.class, (number, line) -> {
                page.add(user(line));
                numbers.add(number);
                users[0]++;
                if (page.size() == SourceDatabase.PAGE) {
                    flush(dao, epoch, page, numbers);
                }
            });
        } catch (IOException e) {
            throw new ImportException("the temporary file failed: " + e.getMessage(), e);
        }
        flush(dao, epoch, page, numbers);
        dao.deleteCodes(epoch, now);
        dao.deleteDeviceCodes(epoch, now);
        return users[0];
    }

    private static ImportedUser user(UserLine line) {
        String name = JsonLines.orElse(line.username(), "");
        return new ImportedUser(
                "",
                JsonLines.id(JsonLines.orElse(line.id(), "")),
                name,
                Username.key(name).orElseThrow(),
                JsonLines.orElse(line.passwordHash(), ""),
                JsonLines.orElse(line.enabled(), true),
                JsonLines.time("created_at", JsonLines.orElse(line.createdAt(), "")));
    }

    private static void flush(ImportDao dao, long epoch, List<ImportedUser> page, List<Long> numbers) {
        int[] inserted = dao.insertUsers(page, epoch);
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] == 0) {
                boolean named = dao.isUser(page.get(i).nameKey());
                throw new ImportException(
                        "line " + numbers.get(i) + ": there is a user of this " + (named ? "name" : "id") + " already");
            }
        }
        dao.deleteTokens(page);
        page.clear();
        numbers.clear();
    }
}
