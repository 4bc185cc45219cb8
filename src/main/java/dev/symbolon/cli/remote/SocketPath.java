package dev.symbolon.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The private directory that holds a service's socket. Its mode, 0700, is what keeps others out, on either end: nobody
 * else may command the service, and nobody else may pose as it to hear a password.
 *
 * @param directory holds the socket and nothing else
 * @param home where the data is: root, who may administer another user's service, trusts its owner too
 */
public record SocketPath(Path directory, Path home) {
    private static final int MAX_BYTES = 103; // sun_path of macOS and the BSDs without its final zero; Linux has 107
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final int ROOT = 0;

    /** The place for a database file, which need not exist: the same from whatever working directory it is named. */
    public static SocketPath beside(Path databaseFile) throws IOException {
        Path home = real(databaseFile.toAbsolutePath().resolveSibling(""));
        String database = home.resolve(databaseFile.getFileName()).toString();
        var beside = new SocketPath(Path.of(database + ".admin"), home);
        if (beside.socket().toString().getBytes(UTF_8).length <= MAX_BYTES) {
            return beside;
        }
        return new SocketPath(temporary().resolve("symbolon-" + sha256(database).substring(0, 32)), home);
    }

    /** The place for the demo of the current user, by number: in a container there may be no name. */
    public static SocketPath demo() throws IOException {
        return new SocketPath(temporary().resolve("symbolon-demo-" + currentUser()), temporary());
    }

    /** The socket itself. */
    public Path socket() {
        return directory.resolve("socket");
    }

    /** Makes the directory, or makes it private if it is ours already. */
    void prepare() throws IOException {
        int user = currentUser();
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && owner(directory) == user) {
                Files.setPosixFilePermissions(directory, PRIVATE);
            }
        }
        requirePrivate();
    }

    /** @throws IOException with one line for people, unless only the owner may enter and the owner is to be trusted */
    void requirePrivate() throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is in the way: it should be a directory for the administration socket");
        }
        int user = currentUser();
        int owner = owner(directory);
        if (owner != user && !(user == ROOT && owner == owner(home))) {
            throw new IOException(directory + " belongs to user " + owner + ", not to " + user + ": it is not trusted");
        }
        if (!Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS).equals(PRIVATE)) {
            throw new IOException(directory + " is open to other users: its mode must be 0700");
        }
    }

    /** By number and from the system: {@code user.name} may be overridden, and is missing for a user without a name. */
    private static int currentUser() throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            throw new IOException("the administration socket needs a system with POSIX file permissions");
        }
        return (int) new UnixSystem().getUid();
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Without links as far as it exists: what the database is yet to make there will be no link. */
    private static Path real(Path directory) throws IOException {
        Path parent = directory.getParent();
        return parent == null || Files.exists(directory)
                ? directory.toRealPath()
                : real(parent).resolve(directory.getFileName()).normalize();
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
