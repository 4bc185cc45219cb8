package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Main;
import dev.symbolon.TestDatabase;
import dev.symbolon.TestService;
import dev.symbolon.cli.Cli;
import dev.symbolon.cli.remote.LocalTerminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be used is told in one line that says what is wrong, by the service and by commands. */
@Tag("postgresql")
class PostgresStartTest {
    private static final String PASSWORD = "the-Password-that-is-wrong";

    @TempDir
    Path directory;

    private static void refused(String words, String url, String user) {
        for (String command : new String[] {"serve", "user list"}) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            List<String> arguments = new java.util.ArrayList<>(List.of(command.split(" ")));
            arguments.addAll(List.of("--set", "database.url=" + url, "--set", "database.user=" + user));
            arguments.addAll(List.of("--set", "database.password=" + PASSWORD));
            var terminal = LocalTerminal.ofStreams(InputStream.nullInputStream(), out, err);
            assertEquals(1, new Cli(Main::start, Clock.systemUTC()).run(arguments, terminal));
            String line = err.toString(StandardCharsets.UTF_8);
            assertEquals(1, line.lines().count(), line);
            assertTrue(line.contains(words), line);
            assertFalse(line.contains(PASSWORD) || line.contains("xception") || line.contains("org.postgresql"), line);
        }
    }

    private String fresh() {
        return TestDatabase.POSTGRESQL.fresh(directory).get("database.url");
    }

    private static String schema(String url) {
        return url.replaceFirst(".*currentSchema=", "");
    }

    @Test
    void an_unknown_host_is_named() {
        refused("no host nowhere.invalid (see database.url)", "jdbc:postgresql://nowhere.invalid/x", "postgres");
    }

    @Test
    void a_server_that_does_not_listen_is_named() {
        refused("Connection to localhost:1 refused", "jdbc:postgresql://localhost:1/x", "postgres");
    }

    @Test
    void a_database_that_is_not_there_is_named() {
        String url = TestDatabase.url().replace("/postgres?", "/missing?");
        refused("database \"missing\" does not exist (see database.url)", url, "postgres");
    }

    @Test
    void an_unknown_user_or_a_wrong_password_is_told_with_the_keys() {
        refused("\"stranger\" does not exist (see database.user", TestDatabase.url(), "stranger");
        TestDatabase.execute("CREATE ROLE " + TestDatabase.GUARDED + " LOGIN PASSWORD 'another'");
        refused(
                "password authentication failed for user \"" + TestDatabase.GUARDED + "\" (see database.user and",
                TestDatabase.url(),
                TestDatabase.GUARDED);
    }

    @Test
    void a_schema_that_is_not_there_or_not_ours_is_told() {
        refused("schema", TestDatabase.url() + "&currentSchema=missing", "postgres");
        String url = fresh();
        TestDatabase.execute("CREATE ROLE reader LOGIN");
        TestDatabase.execute("GRANT USAGE ON SCHEMA " + schema(url) + " TO reader");
        refused("permission denied for schema " + schema(url) + " (the user needs the right", url, "reader");
    }

    @Test
    void a_user_without_the_right_to_make_tables_can_use_those_there_are() {
        TestService owner = TestService.start(directory);
        String url = owner.config().database().url();
        owner.close();
        TestDatabase.execute("CREATE ROLE writer LOGIN");
        TestDatabase.execute("GRANT USAGE ON SCHEMA " + schema(url) + " TO writer");
        TestDatabase.execute(
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema(url) + " TO writer");
        TestDatabase.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + schema(url) + " TO writer");
        try (TestService service = owner.restart("database.user", "writer")) {
            assertTrue(service.isActive(service.login("alice").access()));
            service.run("link remove alice 1_aaa");
        }
    }

    @Test
    void a_database_of_a_newer_schema_is_used_if_it_says_so_and_else_refused() {
        TestService service = TestService.start(directory);
        String url = service.config().database().url();
        String version = schema(url) + ".schema_version";
        service.close();
        TestDatabase.execute("UPDATE " + version + " SET version = 99, oldest = 99");
        refused("schema version 99", url, "postgres");
        TestDatabase.execute("UPDATE " + version + " SET version = 99, oldest = 1");
        try (TestService newer = service.restart()) {
            newer.login("alice");
        }
    }

    @Test
    void a_database_of_another_encoding_is_refused() {
        TestDatabase.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        refused("has the encoding LATIN1", TestDatabase.url().replace("/postgres?", "/latin?"), "postgres");
    }
}
