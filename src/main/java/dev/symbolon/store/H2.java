package dev.symbolon.store;

import com.zaxxer.hikari.HikariConfig;
import dev.symbolon.config.Config;
import dev.symbolon.config.Words;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database.
 *
 * <p>A commit alone is written half a second later. {@code WRITE_DELAY=0} would write it at once and end the thread that
 * gives back space in the file, so each is followed by a checkpoint, which hands it to the operating system: it survives
 * {@code kill -9}. Space may be used again five seconds after it was given up, by when the disk has what took its place,
 * since {@link Database#sync} is called each second.
 */
final class H2 implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(H2.class);

    /** Kept open between connections, closed by {@link #shutDown()} alone; no trace file, which would hold values. */
    private static final String SETTINGS =
            ";RETENTION_TIME=5000;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=64";

    private static final int CLOSED = 90121;

    /** The database is locked by another process, or is being closed. */
    static final Set<Integer> IN_USE = Set.of(90020, 90098, 90135);

    private final Config.Database config;
    private final Optional<H2Files> files;

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
        return DriverManager.getConnection(config.url() + SETTINGS, config.user(), config.password());
    }

    @Override
    public HikariConfig pool() {
        HikariConfig settings = Engine.pool(config);
        settings.setJdbcUrl(config.url() + SETTINGS);
        return settings;
    }

    @Override
    public void verify(Connection connection, Optional<UUID> databaseId) {
        files.ifPresent(found -> found.verify(databaseId));
    }

    @Override
    public void mark(UUID databaseId) {
        files.ifPresent(found -> found.mark(databaseId));
    }

    @Override
    public void flush(Handle handle, boolean disk) {
        handle.execute(disk ? "CHECKPOINT SYNC" : "CHECKPOINT");
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
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
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
