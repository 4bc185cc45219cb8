package dev.symbolon.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.symbolon.config.Config;
import dev.symbolon.config.Words;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to the tables. Thread-safe; owns the connection pool, which {@link #close()} ends.
 *
 * <p>H2 runs with {@code WRITE_DELAY=0}: a commit is handed to the operating system before it returns, so that it
 * survives {@code kill -9}; {@code database.fsync} makes it wait for the disk as well.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;

    /** Kept open between connections, closed by {@link #close()} alone; no trace file, which would hold values. */
    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=64";

    private static final int H2_CLOSED = 90121;

    /** H2: the database is locked by another process, or is being closed. */
    private static final Set<Integer> H2_IN_USE = Set.of(90020, 90098, 90135);

    /** Serialization failure, deadlock, or a row that another transaction made first: the same work is tried again. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "23505", "HYT00");

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Sessions sessions;
    private final Writer writer;
    private final boolean checkpoint;

    private Database(HikariDataSource pool, boolean checkpoint) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).installPlugin(new SqlObjectPlugin()).installPlugin(new Columns());
        this.sessions = new Sessions(jdbi, pool.getMaximumPoolSize(), BORROW_TIMEOUT);
        this.checkpoint = checkpoint;
        this.writer = new Writer(this::commit);
    }

    /**
     * Opens the database, making or migrating it if need be.
     *
     * @throws DatabaseInUseException if another process holds it, which may pass
     * @throws StoreException if it cannot be used as it is
     */
    public static Database open(Config.Database config) {
        Optional<H2Files> files = H2Files.of(config.url());
        files.ifPresent(H2Files::prepare);
        Database database = new Database(connect(config), config.fsync());
        try {
            files.ifPresent(found -> found.verify(Migrations.identity(database.jdbi)));
            UUID identity = Migrations.run(database.jdbi);
            files.ifPresent(found -> found.mark(identity));
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e instanceof StoreException ? e : new StoreException("database cannot be migrated: " + line(e), e);
        }
    }

    /** The path of an embedded database, without the ending of its file; empty for one in memory. */
    public static Optional<Path> file(Config.Database config) {
        return H2Files.of(config.url()).map(H2Files::database);
    }

    private static HikariDataSource connect(Config.Database config) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(config.url() + SETTINGS);
        settings.setUsername(config.user());
        settings.setPassword(config.password());
        settings.setMaximumPoolSize(config.poolSize());
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
        settings.setInitializationFailTimeout(-1);
        settings.setPoolName("database");
        try { // at first without the pool, which would sleep for a second over a failure
            DriverManager.getConnection(settings.getJdbcUrl(), config.user(), config.password())
                    .close();
            return new HikariDataSource(settings);
        } catch (SQLException e) {
            if (H2_IN_USE.contains(e.getErrorCode())) {
                throw new DatabaseInUseException(
                        "database " + Words.withoutSecrets(config.url()) + " is in use by another process");
            }
            throw new StoreException(
                    "database " + Words.withoutSecrets(config.url()) + " cannot be opened: " + line(root(e)), e);
        }
    }

    /** Runs statements that only read, each in a transaction of its own. */
    public <D, R> R read(Class<D> dao, Function<D, R> work) {
        return sessions.use(session -> work.apply(session.attach(dao)));
    }

    /**
     * Runs one transaction, or a part of one that others' work is in as well; what it wrote is durable when this
     * returns. One that loses a race against another is run again, so {@code work} has no effect but on its session. It
     * must not ask the policy or hash, and has to be short, since one thread does it all.
     */
    public <R> R write(Function<Session, R> work) {
        return writer.write(work);
    }

    private void commit(List<Writer.Write<?>> writes) {
        for (int attempt = 1; ; attempt++) {
            try {
                sessions.use(session -> commit(session, writes));
                return;
            } catch (JdbiException e) {
                if (writes.size() > 1 || attempt == ATTEMPTS || !TRY_AGAIN.contains(sqlState(e))) {
                    throw e;
                }
            }
        }
    }

    private boolean commit(Session session, List<Writer.Write<?>> writes) {
        session.handle().useTransaction(handle -> {
            writes.forEach(write -> write.run(session));
            session.flush();
        });
        if (checkpoint) {
            session.handle().execute("CHECKPOINT SYNC");
        }
        return true;
    }

    /** Whether a statement gets an answer now, within the time a request would wait for a connection. */
    public boolean reachable() {
        try {
            return jdbi.withHandle(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (JdbiException e) {
            return false;
        }
    }

    /** Whether the cause is a database that is away or overloaded rather than a fault in a statement. */
    public static boolean isUnavailable(JdbiException e) {
        return isAway(e) || TRY_AGAIN.contains(sqlState(e));
    }

    /** Whether other work would fare no better. */
    static boolean isAway(Throwable e) {
        if (!(e instanceof JdbiException failure)) {
            return false;
        }
        String state = sqlState(failure);
        return failure instanceof ConnectionException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || H2_IN_USE.contains(errorCode(failure));
    }

    /** The pool first: a connection that it opened after the statement would open the database again. */
    @Override
    public void close() {
        writer.close();
        sessions.close();
        pool.close();
        String url = pool.getJdbcUrl();
        try (Connection connection = DriverManager.getConnection(url, pool.getUsername(), pool.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            if (e.getErrorCode() == H2_CLOSED) { // by the statement before its own end
                return;
            }
            LOG.warn("database was not closed cleanly: {}", line(e));
        }
    }

    private static String sqlState(JdbiException e) {
        return e.getCause() instanceof SQLException cause && cause.getSQLState() != null ? cause.getSQLState() : "";
    }

    private static int errorCode(JdbiException e) {
        return e.getCause() instanceof SQLException cause ? cause.getErrorCode() : 0;
    }

    /** H2 wraps what it found, such as a corrupt header, in words that say less. */
    private static Throwable root(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null ? e : root(cause);
    }

    private static String line(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
