package dev.symbolon.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.symbolon.config.Config;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** The one way to the tables. Thread-safe; owns the connection pool, which {@link #close()} ends. */
public final class Database implements AutoCloseable {
    /** How often {@link #maintain} is to be called. */
    public static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(1).dividedBy(Upkeep.SLICES);

    private static final int ATTEMPTS = 5;

    private final Engine engine;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Sessions sessions;
    private final Writer writer;
    private final Upkeep upkeep;
    private final boolean fsync;

    private Database(Engine engine, boolean fsync) {
        this.engine = engine;
        this.pool = new HikariDataSource(engine.pool());
        this.jdbi = prepared(Jdbi.create(pool));
        this.sessions = new Sessions(jdbi, pool.getMaximumPoolSize(), this::isAwaited, Engine.BORROW_TIMEOUT);
        this.upkeep = new Upkeep(engine, sessions);
        this.fsync = fsync;
        this.writer = new Writer(this::commit);
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
            return new Database(engine, config.fsync());
        } catch (SQLException e) {
            throw engine.refusal(e);
        }
    }

    private static void migrate(Engine engine, Connection connection) throws SQLException {
        Jdbi jdbi = prepared(Jdbi.create(connection));
        try {
            engine.verify(connection, Migrations.identity(jdbi));
            UUID identity = Migrations.run(jdbi);
            engine.mark(identity);
            jdbi.useHandle(engine::secure);
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

    /** As {@link #read}, for statements that no DAO has. */
    <R> R query(Function<Handle, R> work) {
        return sessions.use(session -> work.apply(session.handle()));
    }

    /** Runs statements that only read, each in a transaction of its own. */
    public <D, R> R read(Class<D> dao, Function<D, R> work) {
        return sessions.use(session -> work.apply(session.attach(dao)));
    }

    /**
     * As {@link #read}, for what many requests ask at the same time.
     *
     * @param find the rows of those keys, as far as there are
     */
    public <D, K, V> GroupRead<K, V> groupRead(
            Class<D> dao, BiFunction<D, Collection<K>, List<V>> find, Function<V, K> key) {
        int atOnce = Math.min(pool.getMaximumPoolSize(), Runtime.getRuntime().availableProcessors());
        return new GroupRead<>(
                keys -> read(dao, attached -> find.apply(attached, keys)), key, atOnce, Engine.BORROW_TIMEOUT);
    }

    /**
     * Runs one transaction, or a part of one that others' work is in as well; what it wrote is durable when this
     * returns. One that loses a race against another is run again, so {@code work} has no effect but on its session. It
     * must not ask the policy or hash, and has to be short, since one thread does it all.
     */
    public <R> R write(Function<Session, R> work) {
        return writer.write(work);
    }

    /**
     * As {@link #write}, for work that may take long, or wait for another's: in a transaction of its own, which no other
     * write is in or waits for.
     */
    public <R> R writeAlone(Function<Session, R> work) {
        Writer.Write<R> write = patient(work);
        commit(List.of(write), sessions::useOnce);
        return write.result();
    }

    /** As {@link #writeAlone}, for a request, which is to wait for no other change for long. */
    public <R> R writeApart(Function<Session, R> work) {
        var write = new Writer.Write<>(work);
        commit(List.of(write), sessions::use);
        return write.result();
    }

    /** As {@link #writeAlone}, for work that may take many minutes, and is done once only: it may fail over a race. */
    public <R> R writeLong(Function<Session, R> work) {
        Writer.Write<R> write = patient(work);
        sessions.useOnce(session -> commit(session, List.of(write)));
        return write.result();
    }

    private <R> Writer.Write<R> patient(Function<Session, R> work) {
        return new Writer.Write<>(session -> {
            try {
                engine.bePatient(session.handle());
            } catch (SQLException e) {
                throw new ConnectionException(e);
            }
            R result;
            try {
                result = work.apply(session);
            } catch (RuntimeException e) {
                beBriefAfter(e, session);
                throw e;
            }
            engine.beBrief(session.handle());
            return result;
        });
    }

    /** The connection may be the reason. */
    private void beBriefAfter(RuntimeException failure, Session session) {
        try {
            engine.beBrief(session.handle());
        } catch (JdbiException e) {
            failure.addSuppressed(e);
        }
    }

    private void commit(List<Writer.Write<?>> writes) {
        commit(writes, sessions::use);
    }

    private void commit(List<Writer.Write<?>> writes, Consumer<Function<Session, Boolean>> in) {
        for (int attempt = 1; ; attempt++) {
            try {
                in.accept(session -> commit(session, writes));
                return;
            } catch (JdbiException e) {
                if (writes.size() > 1 || attempt == ATTEMPTS || !Failures.isRace(e)) {
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
        if (fsync) {
            engine.sync(session.handle());
        }
        upkeep.written();
        return true;
    }

    /** Looks after the file of an embedded database: see {@link Upkeep}. Not thread-safe. */
    public void maintain() {
        upkeep.run();
    }

    private boolean isAwaited() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0;
    }

    /** Has the registry count and time what the pool and the writer do. */
    public void monitor(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
        writer.monitor(registry);
        Gauge.builder("symbolon.connections.waiting", sessions, Sessions::waiting)
                .description("Who waits for a database connection, all being in use")
                .register(registry);
    }

    /**
     * Copies an embedded database to a new file, readable by its owner alone and on the disk when this returns.
     *
     * @throws StoreException if it cannot be written, is there already, or the database is not an embedded one on the disk
     */
    public void backup(Path file) {
        sessions.use(session -> {
            engine.backup(session.handle(), file);
            return true;
        });
    }

    /** Whether a statement gets an answer now, within the time a request would wait for a connection. */
    public boolean reachable() {
        try {
            return query(handle ->
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
        writer.close();
        sessions.close();
        pool.close();
        engine.shutDown();
    }
}
