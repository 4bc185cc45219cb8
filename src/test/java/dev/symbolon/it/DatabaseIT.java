package dev.symbolon.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the database: who may read them, and what becomes of damaged ones. */
class DatabaseIT extends ProcessFixture {
    private Program.Result start() {
        return Program.run(directory, "--set", "http.port=0", "--set", "management.port=0");
    }

    private Path file() {
        return data("symbolon.mv.db");
    }

    /** Neither the service nor a command uses the file, and neither touches it. */
    private void assertRefused() throws IOException {
        byte[] before = Files.exists(file()) ? Files.readAllBytes(file()) : null;
        assertFailed("database", start());
        assertFailed("database", attempt("user list"));
        assertArrayEquals(before, Files.exists(file()) ? Files.readAllBytes(file()) : null);
    }

    @Test
    void a_truncated_database_is_refused_and_left_as_it_is() throws Exception {
        seed();
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 3));
        assertRefused();
        Files.write(file(), Arrays.copyOf(whole, 8192));
        assertFailed("database", attempt("user list"));
        Files.write(file(), whole);
        assertTrue(command("user list").contains("alice"));
    }

    /** H2 itself opens it as it was some time ago. What is cut off may be space that is free. */
    @Test
    void a_database_that_was_cut_short_after_many_writes_is_refused_and_left_as_it_is_unless_nothing_is_missing()
            throws Exception {
        seed();
        Program service = serve();
        var caller = new Caller(service.port());
        for (int i = 0; i < 200; i++) {
            caller.login("alice");
        }
        String version = Files.readString(data("symbolon.version"));
        caller.login("alice");
        while (version.equals(Files.readString(data("symbolon.version")))) {
            Thread.onSpinWait();
        }
        service.close();
        byte[] whole = Files.readAllBytes(file());
        byte[] versionThen = Files.readAllBytes(data("symbolon.version"));
        List<Integer> refused = new ArrayList<>();
        for (int percent : List.of(5, 20, 50, 80, 95, 100)) {
            byte[] cut = Arrays.copyOf(whole, (int) (whole.length / 100.0 * percent));
            Files.write(file(), cut);
            Files.write(data("symbolon.version"), versionThen);
            Program.Result result = attempt("token list --json");
            if (result.exitCode() == 0) {
                assertEquals(402, result.out().split("\"id\"", -1).length - 1, percent + " percent");
            } else {
                assertFailed("database", result);
                assertArrayEquals(cut, Files.readAllBytes(file()));
                refused.add(percent);
            }
        }
        assertTrue(refused.containsAll(List.of(5, 20)) && !refused.contains(100), refused::toString);
    }

    @Test
    void an_old_copy_is_refused_until_somebody_says_that_it_is_meant() throws Exception {
        seed();
        byte[] old = Files.readAllBytes(file());
        command("user create carol --password x");
        Files.write(file(), old);
        assertFailed("symbolon.version to use it as it is", attempt("user list"));
        assertRefused();
        Files.delete(data("symbolon.version"));
        assertFalse(command("user list").contains("carol"));
        command("user create carol --password x");
        assertTrue(command("user list").contains("carol"));
    }

    @Test
    void a_kill_before_anything_was_remembered_does_no_harm() throws Exception {
        seed();
        Files.write(data("symbolon.version"), new byte[0]);
        assertTrue(command("user list").contains("alice"));
        assertEquals(20, Files.size(data("symbolon.version")));
    }

    @Test
    void an_emptied_database_is_refused_and_left_as_it_is() throws Exception {
        seed();
        Files.write(file(), new byte[0]);
        assertRefused();
    }

    @Test
    void a_database_that_is_gone_is_not_replaced_by_a_new_one() throws Exception {
        seed();
        Files.delete(file());
        assertRefused();
        assertFalse(Files.exists(file()));
    }

    @Test
    void a_file_of_garbage_is_refused_and_left_as_it_is_with_and_without_a_mark() throws Exception {
        seed();
        Files.writeString(file(), "garbage ".repeat(4096));
        assertRefused();
        Files.delete(data("symbolon.id"));
        assertRefused();
    }

    /** Whatever is damaged: either it is found out, and told as it is, or H2 does not need it. */
    @Test
    void bytes_that_were_changed_are_not_taken_for_a_database_in_use() throws Exception {
        seed();
        byte[] whole = Files.readAllBytes(file());
        byte[] version = Files.readAllBytes(data("symbolon.version"));
        var random = new Random(1);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = whole.clone();
            for (int at = random.nextInt(whole.length), end = Math.min(whole.length, at + 64); at < end; at++) {
                damaged[at] ^= 0x55;
            }
            Files.write(file(), damaged);
            Files.write(data("symbolon.version"), version);
            Program.Result result = attempt("user list");
            if (result.exitCode() == 0) {
                assertTrue(result.out().contains("alice"), result::toString);
            } else {
                assertFailed("database", result);
                assertFalse(result.err().contains("in use"), result.err());
            }
        }
    }

    @Test
    void another_database_in_its_place_is_refused() throws Exception {
        seed();
        Path other = directory.resolve("other");
        Program.run(other, "user", "list");
        Files.write(file(), Files.readAllBytes(other.resolve("data/symbolon.mv.db")));
        assertFailed("another one", start());
        assertFailed("another one", attempt("user list"));
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + data("symbolon"), "symbolon", "");
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
            sql.execute("SHUTDOWN"); // the service has told it not to close by itself
        }
    }

    @Test
    void a_database_of_a_newer_schema_is_used_if_it_says_so_and_else_refused() throws Exception {
        seed();
        sql("UPDATE schema_version SET version = 99, oldest = 1");
        Program service = serve();
        assertEquals(200, new Caller(service.port()).login("alice").statusCode());
        service.terminate();
        service.exitCode();
        sql("UPDATE schema_version SET version = 99, oldest = 99");
        assertFailed("schema version 99", start());
        assertFailed("schema version 99", attempt("user list"));
        sql("UPDATE schema_version SET version = 99, oldest = 1");
        assertTrue(command("user list").contains("alice"));
    }

    @Test
    void a_migration_cut_short_resumes() throws Exception {
        seed();
        sql("UPDATE schema_version SET version = 0, oldest = 0");
        sql("DROP TABLE let_through");
        assertEquals("[]\n", command("policy report --json"));
        assertTrue(command("user list").contains("alice"));
    }

    @Test
    void another_password_than_the_databases_is_told_in_one_line_without_it() {
        seed();
        Program.Result result = Program.run(directory, "user", "list", "--set", "database.password=not-the-one");
        assertFailed("database", result);
        assertFalse(result.err().contains("not-the-one"));
    }

    @Test
    void only_the_owner_can_read_what_lies_on_the_disk_whatever_the_umask() throws Exception {
        List<String> java = Program.java(directory);
        String script = "umask 0; exec \"$@\" --set http.port=0 --set management.port=0";
        List<String> shell = Stream.concat(Stream.of("bash", "-c", script, "bash"), java.stream())
                .toList();
        keep(Program.exec(directory, Map.of(), shell)).awaitOut("ready");
        command("user create alice --password x");
        try (Stream<Path> paths = Files.walk(directory.resolve("data"))) {
            List<Path> all = paths.toList();
            assertTrue(
                    all.contains(data("symbolon.mv.db")) && all.contains(data("symbolon.admin/socket")), all::toString);
            for (Path path : all) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", mode, path::toString);
            }
        }
        String stored = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
        assertTrue(stored.startsWith("H:"), "an H2 file");
    }
}
