package dev.symbolon.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one embedded H2 database: readable by their owner alone, and never silently made anew.
 *
 * <p>H2 makes a new database of an empty file, so a mark beside it, {@code NAME.id}, remembers that there was one.
 *
 * @param database the path H2 is given, without its {@code .mv.db}
 */
record H2Files(Path database) {
    private static final Logger LOG = LoggerFactory.getLogger(H2Files.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    /** Empty for an in-memory database. */
    static Optional<H2Files> of(String url) {
        String path = url.substring("jdbc:h2:".length()).split(";", 2)[0];
        if (path.startsWith("mem:")) {
            return Optional.empty();
        }
        String plain = path.startsWith("file:") ? path.substring("file:".length()) : path;
        String home = plain.startsWith("~") ? System.getProperty("user.home") + plain.substring(1) : plain;
        return Optional.of(new H2Files(Path.of(home).toAbsolutePath().normalize()));
    }

    /** Makes what is missing with the right modes, before H2 would make it with others. */
    void prepare() {
        try {
            Path directory = directory();
            if (Files.isDirectory(directory)) {
                tighten(directory);
            } else {
                createDirectories(directory);
            }
            refuseIfGone();
            if (!Files.exists(data())) {
                Files.createFile(data(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            Files.setPosixFilePermissions(data(), OWNER_ONLY);
        } catch (IOException e) {
            throw new StoreException("database " + database + " cannot be prepared: " + reason(e), e);
        }
    }

    /**
     * Holds the opened database against its mark, before anything is written to it.
     *
     * @param databaseId what the database says it is; empty if it says nothing
     */
    void verify(Optional<UUID> databaseId) {
        try {
            if (marked()
                    && !databaseId
                            .map(UUID::toString)
                            .equals(Optional.of(Files.readString(mark()).trim()))) {
                throw damaged("is damaged, emptied or another one");
            }
        } catch (IOException e) {
            throw unusableMark(e);
        }
    }

    /** Remembers that there is a database. */
    void mark(UUID databaseId) {
        try {
            if (!marked()) {
                Files.deleteIfExists(mark());
                Files.createFile(mark(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.writeString(mark(), databaseId + System.lineSeparator());
            }
        } catch (IOException e) {
            throw unusableMark(e);
        }
    }

    private StoreException unusableMark(IOException e) {
        return new StoreException("database mark " + mark() + " cannot be used: " + reason(e), e);
    }

    private void refuseIfGone() throws IOException {
        boolean empty = !Files.exists(data()) || Files.size(data()) == 0;
        if (empty && marked()) {
            throw damaged("is missing or empty");
        }
    }

    private boolean marked() throws IOException {
        return Files.exists(mark()) && Files.size(mark()) > 0;
    }

    private StoreException damaged(String what) {
        return new StoreException("database " + data() + " " + what + ": restore it from a backup, or delete " + mark()
                + " as well to start with a new one");
    }

    /** A directory that nobody else uses is closed; one that is shared stays as it is, and is warned of. */
    private void tighten(Path directory) throws IOException {
        if (Files.getPosixFilePermissions(directory).equals(OWNER_ONLY_DIRECTORY)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            String name = String.valueOf(database.getFileName());
            boolean ours = Files.getOwner(directory).getName().equals(System.getProperty("user.name"));
            if (ours
                    && entries.allMatch(
                            entry -> String.valueOf(entry.getFileName()).startsWith(name))) {
                Files.setPosixFilePermissions(directory, OWNER_ONLY_DIRECTORY);
                return;
            }
        }
        LOG.warn("directory {} of the database is open to others: give the database one of its own", directory);
    }

    private static void createDirectories(Path directory) throws IOException {
        try {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(directory + " is not a directory", e);
        }
    }

    static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    private Path directory() {
        return database.resolveSibling("").normalize();
    }

    private Path data() {
        return database.resolveSibling(database.getFileName() + ".mv.db");
    }

    private Path mark() {
        return database.resolveSibling(database.getFileName() + ".id");
    }
}
