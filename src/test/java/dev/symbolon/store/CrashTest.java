package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symbolon.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After {@code kill -9} there is nothing but the file, as the last commit left it. */
@Tag("h2")
class CrashTest {
    /** Longer than H2 keeps space that it could use again. */
    private static final long BUSY_NANOS = Duration.ofSeconds(6).toNanos();

    @TempDir
    Path directory;

    /** H2 2.5.252 finds an older state instead, once it writes into space that was given up. */
    @Test
    void the_last_commit_is_found_in_the_file_also_when_space_is_used_again() throws Exception {
        var config = new Config.Database("jdbc:h2:file:" + directory.resolve("busy"), "symbolon", "", 2, false);
        try (Database database = Database.open(config)) {
            database.write(session -> session.handle().execute("CREATE TABLE counter (n BIGINT, filler VARCHAR)"));
            database.write(session -> session.handle().execute("INSERT INTO counter VALUES (0, '')"));
            long end = System.nanoTime() + BUSY_NANOS;
            int commits = 0;
            while (System.nanoTime() < end) {
                commit(database, ++commits);
            }
            for (int copies = 0; copies < 40; copies++) {
                commit(database, ++commits);
                assertEquals(commits, readFromCopy("copy" + copies));
            }
        }
    }

    private static void commit(Database database, int n) {
        String filler = "x".repeat(n % 7 * 1000);
        database.write(session -> session.handle().execute("UPDATE counter SET n = ?, filler = ?", n, filler));
    }

    private int readFromCopy(String name) throws Exception {
        Files.copy(directory.resolve("busy.mv.db"), directory.resolve(name + ".mv.db"));
        return read("jdbc:h2:file:" + directory.resolve(name) + ";TRACE_LEVEL_FILE=0");
    }

    private static int read(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "symbolon", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT n FROM counter")) {
            row.next();
            return row.getInt(1);
        }
    }
}
