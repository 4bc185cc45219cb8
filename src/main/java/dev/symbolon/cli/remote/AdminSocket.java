package dev.symbolon.cli.remote;

import dev.symbolon.cli.remote.Frame.Type;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service's end: runs commands for callers, each in a thread of its own, until it is closed. */
public final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServerSocketChannel server;
    private final Path socket;
    private final @Nullable Object fileKey;
    private final CommandRunner runner;
    private final Limits limits;
    private final Semaphore seats;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();

    private AdminSocket(ServerSocketChannel server, Path socket, CommandRunner runner, Limits limits)
            throws IOException {
        this.server = server;
        this.socket = socket;
        this.fileKey = fileKey(socket);
        this.runner = runner;
        this.limits = limits;
        this.seats = new Semaphore(limits.callers());
    }

    /**
     * Listens for callers. A socket left there is replaced: who opens one holds the database, so whoever left it is gone.
     *
     * @throws IOException with one line for people, when the place is not private or cannot be made
     */
    public static AdminSocket open(SocketPath where, CommandRunner runner) throws IOException {
        return open(where, runner, Limits.DEFAULT);
    }

    static AdminSocket open(SocketPath where, CommandRunner runner, Limits limits) throws IOException {
        where.prepare();
        Path path = where.socket();
        Files.deleteIfExists(path);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            var socket = new AdminSocket(server, path, runner, limits);
            daemon("admin-socket", socket::accept).start();
            return socket;
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen at " + path + ": " + e.getMessage(), e);
        }
    }

    private static Thread daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (true) {
            try {
                admit(new Wire(server.accept()));
            } catch (ClosedChannelException closing) {
                return;
            } catch (IOException | OutOfMemoryError e) { // out of file descriptors or threads, mostly
                LOG.warn("cannot take an administration command: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void admit(Wire wire) {
        if (!seats.tryAcquire()) {
            refuse(wire);
            return;
        }
        wires.add(wire);
        try {
            daemon("admin-command", () -> serve(wire)).start();
        } catch (Error e) {
            leave(wire);
            throw e;
        }
    }

    private void serve(Wire wire) {
        try {
            new Session(wire, runner, limits).serve();
        } finally {
            leave(wire);
        }
    }

    private void leave(Wire wire) {
        wires.remove(wire);
        seats.release(); // before the caller can see that it is free
        wire.close();
    }

    /** Does not block: so little fits into the buffer of a new connection. */
    private void refuse(Wire wire) {
        try (wire) {
            if (server.isOpen()) { // else it is close() that took the seats, and the caller shall find nobody
                String busy = "the service is busy with other administration commands; try again\n";
                wire.send(Type.ERR, busy, limits.progress());
                wire.send(Type.EXIT, "1", limits.progress());
            }
        } catch (IOException e) {
            LOG.debug("a caller left before it was refused: {}", e.getMessage());
        }
    }

    /**
     * Takes no more callers, and gives running commands 5 s to end before their callers are cut off. No thread is
     * interrupted: in the middle of a write that would close an H2 database.
     */
    @Override
    public void close() {
        if (!server.isOpen()) {
            return;
        }
        try {
            server.close();
            if (Objects.equals(fileKey, fileKey(socket))) { // a second demo may have put its own there
                Files.deleteIfExists(socket);
            }
        } catch (IOException e) {
            LOG.debug("the administration socket was gone: {}", e.getMessage());
        }
        try { // with every seat in hand nobody is left
            if (!seats.tryAcquire(limits.callers(), limits.drain().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("administration commands still running are cut off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wires.forEach(Wire::close);
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
