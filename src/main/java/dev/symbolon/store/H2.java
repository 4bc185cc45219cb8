package dev.symbolon.store;

import com.zaxxer.hikari.HikariConfig;
import dev.symbolon.config.Config;
import dev.symbolon.config.Words;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database.
 *
 * <p>It runs with {@code WRITE_DELAY=0}: a commit is handed to the operating system before it returns, so that it
 * survives {@code kill -9}. That ends H2's background thread, which would write what was committed without being waited
 * for; so what else that thread does is done here, each second. Space is used again five seconds after it was given up,
 * by when the disk has what took its place.
 */
final class H2 implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(H2.class);

    /** For a lock that another transaction holds; who can wait may do so longer. */
    private static final int BRIEF_MILLIS = 300;

    private static final int PATIENT_MILLIS = 60_000;

    /** Of pages; what is not in it the operating system has. The more there is, the longer a garbage collection takes. */
    private static final int CACHE_KIB = 8 * 1024;

    /** Kept open between connections, closed by {@link #shutDown()} alone; no trace file, which would hold values. */
    private static final String SETTINGS =
            ";WRITE_DELAY=0;RETENTION_TIME=5000;COMPRESS=TRUE;QUERY_CACHE_SIZE=64;OPTIMIZE_REUSE_RESULTS=0"
                    + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
                    + ";LOCK_TIMEOUT=" + BRIEF_MILLIS;

    /** How full, in percent, each part of the file is kept: more so when nobody has to wait for it. */
    private static final int FULL_ENOUGH = 40;

    private static final int FULL = 80;

    /** How much of the file, in percent, is in use when that has been done. */
    private static final int USED_ENOUGH = 50;

    /** To be rewritten at a time, which takes some milliseconds. */
    private static final int COMPACTED_BYTES = 128 * 1024;

    /** Once a second, when nobody waits, and of what is too large for that. */
    private static final int MOST_COMPACTED_BYTES = 1024 * 1024;

    /** Seconds in which the file is made shorter, for each in which something was written. */
    private static final int ROUNDS_A_WRITE = 2;

    private static final int CLOSED = 90121;

    /** The database is locked by another process, or is being closed. */
    static final Set<Integer> IN_USE = Set.of(90020, 90098, 90135);

    private final Config.Database config;
    private final Optional<H2Files> files;

    /** Whether it is the one that it should be: of another nothing is to be remembered. */
    private volatile boolean marked;

    /** When so much was compacted last. */
    private long compacted = System.nanoTime();

    /** How often the file may still be made shorter: no more often than it has MiB, or it might never end. */
    private long rounds = Integer.MAX_VALUE;

    H2(Config.Database config) {
        this.config = config;
        this.files = H2Files.of(config.url());
    }

    @Override
    public void prepare() {
        files.ifPresent(H2Files::prepare);
    }

    @Override
    public Connection connect() throws SQLException {
        boolean sized = config.url().toUpperCase(Locale.ROOT).contains(";CACHE_SIZE=");
        return connect(config.url() + SETTINGS + (sized ? "" : ";CACHE_SIZE=" + CACHE_KIB)); // which empties the cache
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, config.user(), config.password());
    }

    /** Of the database that was opened: should its file have gone since, no new one is to take its place. */
    private String opened() {
        return config.url() + SETTINGS + (files.isPresent() ? ";IFEXISTS=TRUE" : "");
    }

    @Override
    public HikariConfig pool() {
        HikariConfig settings = Engine.pool(config);
        settings.setJdbcUrl(opened());
        return settings;
    }

    @Override
    public void verify(Connection connection, Optional<UUID> databaseId) {
        files.ifPresent(found -> found.verify(databaseId));
    }

    @Override
    public void mark(UUID databaseId) {
        files.ifPresent(found -> found.mark(databaseId));
        marked = true;
    }

    @Override
    public void bePatient(Handle handle) {
        handle.execute("SET LOCK_TIMEOUT " + PATIENT_MILLIS);
    }

    @Override
    public void beBrief(Handle handle) {
        handle.execute("SET LOCK_TIMEOUT " + BRIEF_MILLIS);
    }

    @Override
    public void sync(Handle handle) {
        handle.execute("CHECKPOINT SYNC");
    }

    @Override
    public void secure(Handle handle) {
        long version = store(handle.getConnection()).getCurrentVersion();
        sync(handle);
        files.ifPresent(found -> found.remember(version));
    }

    /** There is no statement for it. */
    @Override
    public boolean compact(Handle handle, boolean quiet) {
        try {
            return compact(store(handle.getConnection()), quiet);
        } catch (MVStoreException e) { // closed over a full disk, of which a statement would have told by itself
            throw new ConnectionException(e);
        }
    }

    private boolean compact(MVStore store, boolean quiet) {
        if (!(store.getFileStore() instanceof RandomAccessStore file)) {
            return false; // it is in memory
        }
        boolean more = !quiet && store.compact(FULL_ENOUGH, COMPACTED_BYTES);
        long now = System.nanoTime();
        if (now - compacted < TimeUnit.SECONDS.toNanos(1)) {
            return true;
        }
        compacted = now;
        rounds = Math.min(rounds + (quiet ? -1 : ROUNDS_A_WRITE), file.size() / MOST_COMPACTED_BYTES);
        return quiet ? rounds > 0 && tidy(store, file) : more || store.compact(FULL_ENOUGH, MOST_COMPACTED_BYTES);
    }

    /** What is at the end of the file moves to where there is room, so that it gets shorter. */
    private static boolean tidy(MVStore store, RandomAccessStore file) {
        if (file.getFillRate() * file.getChunksFillRate() >= 100 * USED_ENOUGH) {
            return false;
        }
        store.compact(FULL, MOST_COMPACTED_BYTES);
        file.compactMoveChunks(FULL, MOST_COMPACTED_BYTES, store);
        return true;
    }

    private static MVStore store(Connection connection) {
        try {
            Session session = connection.unwrap(JdbcConnection.class).getSession();
            return ((SessionLocal) session).getDatabase().getStore().getMvStore();
        } catch (SQLException e) {
            throw new StoreException("the connection is not one of H2's", e);
        }
    }

    /** H2 uses no space again until the copy is made, so what is written meanwhile does not disturb it. */
    @Override
    public void backup(Handle handle, Path file) {
        if (files.isEmpty()) {
            throw new StoreException("the database is in memory: there is nothing to back up");
        }
        BackupFile.write(file, part -> handle.execute("BACKUP TO ?", part.toString()));
    }

    @Override
    public RuntimeException refusal(SQLException e) {
        String name = "database " + Words.withoutSecrets(config.url());
        return IN_USE.contains(e.getErrorCode())
                ? new DatabaseInUseException(name + " is in use by another process")
                : new StoreException(name + " cannot be opened: " + Failures.line(root(e)), e);
    }

    @Override
    public void shutDown() {
        try (Connection connection = connect(opened());
                Statement statement = connection.createStatement()) {
            long version = store(connection).getCurrentVersion();
            statement.execute("SHUTDOWN");
            if (marked) {
                files.ifPresent(found -> found.remember(version));
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != CLOSED) { // by the statement before its own end
                LOG.warn("database was not closed cleanly: {}", Failures.line(e));
            }
        }
    }

    /** H2 wraps what it found, such as a corrupt header, in words that say less. */
    private static Throwable root(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null ? e : root(cause);
    }
}
