package dev.symbolon.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.SingleFileStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one embedded H2 database: readable by their owner alone, and never silently made anew.
 *
 * <p>H2 makes a new database of an empty file, so a mark beside it, {@code NAME.id}, remembers that there was one. What was
 * cut short it opens as it was some time ago, so {@code NAME.version} remembers how far it had come: the version that H2
 * gives to what it writes.
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
            refuseIfCutShort();
        } catch (IOException e) {
            throw new StoreException("database " + database + " cannot be prepared: " + reason(e), e);
        } catch (NumberFormatException e) {
            throw new StoreException(version() + " is damaged: delete it if " + data() + " is as it should be", e);
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

    /** To be called when the disk has what is remembered, or a power failure could leave this ahead of it. */
    void remember(long version) {
        try {
            if (!Files.exists(version())) {
                Files.createFile(version(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            // as long each time, so that what was remembered is never cut short
            Files.writeString(version(), String.format(Locale.ROOT, "%020d", version), StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", version(), reason(e));
        }
    }

    /** Opened for use it would be changed, and pass the next time. */
    private void refuseIfCutShort() throws IOException {
        boolean known =
                Files.exists(version()) && Files.size(version()) > 0; // a kill or a full disk may leave it empty
        if (known && come().orElse(Long.MAX_VALUE) < Long.parseLong(Files.readString(version()))) {
            throw new StoreException(
                    "database " + data() + " is cut short, an old copy or another one: restore it from a"
                            + " backup, or delete " + version() + " to use it as it is");
        }
    }

    /** How far it has come; empty if H2 cannot tell, or another process has it, which it says when it opens it for use. */
    private OptionalLong come() {
        var file = new SingleFileStore(Map.of());
        try {
            file.open(data().toString(), true, null);
            var reader = new MVStore.Builder().fileStore(file).readOnly().autoCommitDisabled();
            try (MVStore store = reader.open()) {
                return OptionalLong.of(store.getCurrentVersion());
            }
        } catch (RuntimeException e) { // whatever damage does to H2
            return OptionalLong.empty();
        } finally {
            close(file); // which H2 leaves to us, also when it cannot read it
        }
    }

    private static void close(SingleFileStore file) {
        try {
            file.close();
        } catch (RuntimeException e) {
            LOG.debug("it was not open: {}", e.getMessage());
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

    private Path version() {
        return database.resolveSibling(database.getFileName() + ".version");
    }

    private Path mark() {
        return database.resolveSibling(database.getFileName() + ".id");
    }
}
