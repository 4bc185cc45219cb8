package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.symbolon.TestDatabase;
import dev.symbolon.TestService;
import dev.symbolon.config.Config;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes may start at once on a schema that has to be made or migrated: one of them does it. */
@Tag("postgresql")
class MigrationTest {
    private static final int STARTS = 8;

    @TempDir
    Path directory;

    private static Config.Database config(String url) {
        return new Config.Database(url, "postgres", "", 2, false);
    }

    private static void startAll(String url) throws Exception {
        var barrier = new CyclicBarrier(STARTS);
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            var start = new CompletableFuture<Void>();
            starts.add(start);
            new Thread(() -> {
                        try {
                            barrier.await(30, TimeUnit.SECONDS);
                            Database.open(config(url)).close();
                            start.complete(null);
                        } catch (Exception e) {
                            start.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        for (var start : starts) {
            start.get(60, TimeUnit.SECONDS);
        }
    }

    @RepeatedTest(3)
    void first_starts_that_race_all_succeed_and_make_one_database() throws Exception {
        String url = TestDatabase.POSTGRESQL.fresh(directory).get("database.url");
        startAll(url);
        try (TestService service = TestService.start(directory, "database.url", url)) {
            service.login("alice");
        }
    }

    @Test
    void a_step_that_is_to_be_done_is_done_by_starts_that_race() throws Exception {
        try (TestService service = TestService.start(directory)) {
            String url = service.config().database().url();
            String schema = url.replaceFirst(".*currentSchema=", "");
            TestDatabase.execute("DROP TABLE " + schema + ".lease");
            TestDatabase.execute("UPDATE " + schema + ".schema_version SET version = 0, oldest = 0");
            startAll(url);
            assertEquals(List.of("3"), TestDatabase.query("SELECT version FROM " + schema + ".schema_version"));
            assertEquals(List.of("0"), TestDatabase.query("SELECT COUNT(*) FROM " + schema + ".lease"));
            service.login("alice");
        }
    }

    @Test
    void a_start_waits_for_a_migration_and_goes_on_when_that_one_is_killed() throws Exception {
        try (TestService service = TestService.start(directory)) {
            String url = service.config().database().url();
            String schema = url.replaceFirst(".*currentSchema=", "");
            try (Connection other = DriverManager.getConnection(url, "postgres", "");
                    Statement statement = other.createStatement()) {
                TestDatabase.execute("UPDATE " + schema + ".schema_version SET version = 0, oldest = 0");
                other.setAutoCommit(false);
                statement.execute("SELECT version FROM schema_version FOR UPDATE");
                statement.execute("DROP TABLE let_through");
                var start = CompletableFuture.runAsync(() -> Database.open(config(url + "&ApplicationName=" + schema))
                        .close());
                String waiting =
                        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = '"
                                + schema + "'";
                while (TestDatabase.query(waiting).isEmpty()) {
                    assertFalse(start.isDone(), "it did not wait");
                    Thread.onSpinWait();
                }
                TestDatabase.query(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                                + " AND state = 'idle in transaction' AND query LIKE '%let_through%'");
                start.get(30, TimeUnit.SECONDS);
            }
            assertEquals("[]\n", service.run("policy report --json"));
        }
    }
}
