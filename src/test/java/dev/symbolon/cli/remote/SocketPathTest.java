package dev.symbolon.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // that the socket is open is all it is for
@Tag("no-database")
class SocketPathTest {
    @TempDir
    Path home;

    @Test
    void the_socket_and_its_directory_are_their_owners_alone() throws IOException {
        SocketPath where = SocketPath.beside(home.resolve("symbolon"));

        AdminSocket.open(where, (arguments, terminal) -> 0).close();
        try (var socket = AdminSocket.open(where, (arguments, terminal) -> 0)) {
            assertEquals(home.toRealPath().resolve("symbolon.admin"), where.directory());
            assertEquals("rwx------", mode(where.directory()));
            assertEquals("rw-------", mode(where.socket()));
        }
        assertTrue(Files.notExists(where.socket()));
    }

    @Test
    void both_ends_find_the_same_place_through_links_before_and_after_the_directory_is_made() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), Files.createDirectory(home.resolve("real")));
        SocketPath before = SocketPath.beside(link.resolve("data/./symbolon"));

        Files.createDirectory(home.resolve("real/data"));

        assertEquals(before, SocketPath.beside(home.resolve("real/data/symbolon")));
        Path relative = Path.of("").toAbsolutePath().relativize(home.toRealPath());
        assertEquals(before, SocketPath.beside(relative.resolve("real/data/symbolon")));
    }

    @Test
    void a_path_too_long_for_the_system_falls_back_to_the_temporary_directory() throws IOException {
        Path deep = Files.createDirectory(home.resolve("ä".repeat(50)));
        SocketPath where = SocketPath.beside(deep.resolve("symbolon"));

        assertTrue(where.socket().toString().matches(".*/symbolon-[0-9a-f]{32}/socket"), where.toString());
        assertEquals(where, SocketPath.beside(deep.resolve("symbolon")));
        try (var socket = AdminSocket.open(where, (arguments, terminal) -> 7)) {
            assertEquals(OptionalInt.of(7), AdminCallerTest.call(where, TypedTerminal.piped("")));
        } finally {
            Files.delete(where.directory());
        }
    }

    @Test
    void the_demo_has_a_place_for_each_user() throws IOException {
        assertTrue(SocketPath.demo().directory().endsWith("symbolon-demo-" + new UnixSystem().getUid()));
    }

    @Test
    void a_directory_of_ours_that_others_may_enter_is_closed_to_them_before_it_is_used() throws IOException {
        SocketPath where = SocketPath.beside(home.resolve("symbolon"));
        Files.createDirectory(where.directory());
        Files.setPosixFilePermissions(where.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createFile(where.socket());

        assertRefused("is open to other users", () -> AdminCallerTest.call(where, TypedTerminal.piped("")));
        where.prepare();
        assertEquals("rwx------", mode(where.directory()));
    }

    @Test
    void a_directory_that_is_a_link_or_another_users_is_refused_by_both_ends() throws IOException {
        Path target = Files.createDirectory(
                home.resolve("target"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(target.resolve("socket"));
        SocketPath link = new SocketPath(Files.createSymbolicLink(home.resolve("link"), target), home);
        assertRefused("is in the way", link::prepare);
        assertRefused("is in the way", () -> AdminCallerTest.call(link, TypedTerminal.piped("")));

        SocketPath foreign = new SocketPath(anotherUsers(target), home);
        assertRefused("it is not trusted", foreign::prepare);
        assertRefused("it is not trusted", foreign::requirePrivate);
    }

    /** Only root can give a directory away; for anybody else it is root that is another user. */
    private static Path anotherUsers(Path directory) throws IOException {
        return new UnixSystem().getUid() == 0 ? Files.setAttribute(directory, "unix:uid", 4711) : Path.of("/usr");
    }

    private static void assertRefused(String reason, Executable action) {
        String message = assertThrows(IOException.class, action).getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
