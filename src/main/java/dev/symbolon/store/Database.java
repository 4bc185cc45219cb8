package dev.symbolon.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.symbolon.config.Config;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** The one way to the tables. Thread-safe; owns the connection pool, which {@link #close()} ends. */
public final class Database implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Engine engine;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final boolean checkpoint;

    private Database(Engine engine, boolean checkpoint) {
        this.engine = engine;
        this.pool = new HikariDataSource(engine.pool());
        this.jdbi = prepared(Jdbi.create(pool));
        this.checkpoint = checkpoint;
    }

    /**
     * Opens the database, making or migrating it if need be.
     *
     * @throws DatabaseInUseException if another process holds it, which may pass
     * @throws StoreException if it cannot be used as it is
     */
    public static Database open(Config.Database config) {
        Engine engine = Engine.of(config);
        engine.prepare();
        try (Connection connection = engine.connect()) {
            migrate(engine, connection);
            return new Database(engine, config.fsync() && !config.isPostgres());
        } catch (SQLException e) {
            throw engine.refusal(e);
        }
    }

    private static void migrate(Engine engine, Connection connection) throws SQLException {
        Jdbi jdbi = prepared(Jdbi.create(connection));
        try {
            engine.verify(connection, Migrations.identity(jdbi));
            engine.mark(Migrations.run(jdbi));
        } catch (JdbiException e) {
            engine.shutDown();
            throw Failures.cause(e).orElseThrow(() -> e);
        } catch (RuntimeException e) {
            engine.shutDown();
            throw e;
        }
    }

    private static Jdbi prepared(Jdbi jdbi) {
        return jdbi.installPlugin(new SqlObjectPlugin()).installPlugin(new Columns());
    }

    /** The path of an embedded database, without the ending of its file; empty for one in memory or elsewhere. */
    public static Optional<Path> file(Config.Database config) {
        return config.isPostgres() ? Optional.empty() : H2Files.of(config.url()).map(H2Files::database);
    }

    /** Runs statements that only read, each in a transaction of its own. */
    public <D, R> R read(Class<D> dao, Function<D, R> work) {
        return jdbi.withExtension(dao, work::apply);
    }

    /**
     * Runs one transaction; what it wrote is durable when this returns. A transaction that loses a race against
     * another is run again, so {@code work} has no effect but on its handle. It must not ask the policy or hash.
     */
    public <R> R write(Function<Handle, R> work) {
        R result = commit(work);
        if (checkpoint) {
            jdbi.useHandle(handle -> handle.execute("CHECKPOINT SYNC"));
        }
        return result;
    }

    private <R> R commit(Function<Handle, R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(work::apply);
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS || !Failures.isRace(e)) {
                    throw e;
                }
            }
        }
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
        return Failures.isUnavailable(e);
    }

    /** The pool first: a connection that it opened after the end would open an embedded database again. */
    @Override
    public void close() {
        pool.close();
        engine.shutDown();
    }
}
