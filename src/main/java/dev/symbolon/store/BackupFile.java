package dev.symbolon.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;

/** A file that appears whole or not at all, never in another's place, for its owner alone, and on the disk by then. */
final class BackupFile {
    private BackupFile() {}

    /**
     * Has it written under another name in the same directory, which has to be there, and named when it is done.
     *
     * @throws StoreException if there is such a file already, or it cannot be written
     */
    static void write(Path file, Consumer<Path> content) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new StoreException("backup " + file + " cannot be written: there is no such directory");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException("backup " + file + " is there already: name another file");
        }
        try {
            Path part = Files.createTempFile(directory, file.getFileName() + ".", ".part"); // rw-------
            try {
                content.accept(part);
                sync(part, StandardOpenOption.WRITE);
                Files.move(part, file);
                sync(directory, StandardOpenOption.READ);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (FileAlreadyExistsException e) {
            throw new StoreException("backup " + file + " is there already: name another file", e);
        } catch (IOException e) {
            throw new StoreException("backup " + file + " cannot be written: " + H2Files.reason(e), e);
        } catch (JdbiException e) {
            throw new StoreException(
                    "backup " + file + " cannot be written: "
                            + Failures.cause(e).map(Failures::line).orElse("no reason given"),
                    e);
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
