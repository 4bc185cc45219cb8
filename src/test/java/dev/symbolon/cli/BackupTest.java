package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup FILE}, and what the README says about putting it back. */
class BackupTest {
    @TempDir
    Path directory;

    private TestService service;
    private Path file;

    @BeforeEach
    void start() {
        service = TestService.start(directory);
        file = directory.resolve("backup.zip");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** As {@code rm} and {@code unzip -o} do. */
    private void restore(Path to) throws IOException {
        Files.createDirectories(to);
        Files.deleteIfExists(to.resolve("symbolon.version"));
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, to.resolve(entry.getName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void refused(String words, String name) {
        TestService.Outcome outcome = service.attempt("backup", name);
        assertEquals(1, outcome.exitCode(), outcome::toString);
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(words), outcome.err());
    }

    @Test
    @Tag("h2")
    void a_restored_backup_has_what_there_was_when_it_was_made_and_nothing_since() throws Exception {
        String before = service.login("alice").access();
        service.run("backup " + file);
        String after = service.login("alice").access();
        service.close();
        restore(directory.resolve("db"));
        service = service.restart();
        assertTrue(service.isActive(before));
        assertFalse(service.isActive(after));
        assertTrue(service.isActive(service.login("alice").access()));
    }

    @Test
    @Tag("h2")
    void a_backup_is_as_good_without_a_running_service_and_in_another_place() throws Exception {
        String token = service.login("alice").access();
        service.close();
        service.run("backup " + file);
        Path other = directory.resolve("other");
        restore(other);
        service = service.restart("database.url", "jdbc:h2:file:" + other.resolve("symbolon"));
        assertTrue(service.isActive(token));
    }

    @Test
    @Tag("h2")
    void what_is_issued_while_it_is_made_disturbs_neither() throws Exception {
        var issuing = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                service.token("grant_type", "client_credentials").then().statusCode(200);
            }
        });
        String token = service.login("alice").access();
        issuing.start();
        for (int i = 0; i < 10; i++) {
            Files.deleteIfExists(file);
            service.run("backup " + file);
        }
        issuing.interrupt();
        issuing.join();
        service.close();
        restore(directory.resolve("db"));
        service = service.restart();
        assertTrue(service.isActive(token));
    }

    @Test
    @Tag("h2")
    void it_is_for_its_owner_alone_and_never_replaces_a_file() throws Exception {
        service.run("backup " + file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.writeString(file, "precious");
        refused("is there already", file.toString());
        assertEquals("precious", Files.readString(file));
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));
        refused("is there already", link.toString());
        refused("no such directory", directory.resolve("missing/backup.zip").toString());
        try (Stream<Path> left = Files.list(directory)) {
            assertTrue(left.noneMatch(path -> path.toString().endsWith(".part")));
        }
    }

    @Test
    @Tag("postgresql")
    void on_postgresql_its_own_program_is_named() {
        refused("pg_dump", file.toString());
        assertFalse(Files.exists(file));
    }
}
