package dev.symbolon.store;

import com.zaxxer.hikari.HikariConfig;
import dev.symbolon.config.Config;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What one kind of database needs and the other does not. The SQL is the same for both. */
interface Engine {
    /** How long a request waits for a connection, until it is answered with 503. */
    Duration BORROW_TIMEOUT = Duration.ofMillis(800);

    static Engine of(Config.Database config) {
        return config.isPostgres() ? new Postgres(config) : new H2(config);
    }

    /** What has to be there before a connection is made. */
    default void prepare() {}

    /** One connection without the pool, which would sleep over a failure and cut a long migration short. */
    Connection connect() throws SQLException;

    /** How the pool makes its connections. */
    HikariConfig pool();

    /**
     * Refuses a database that cannot be used, before anything is written to it.
     *
     * @param databaseId what the database says it is; empty if it says nothing
     */
    void verify(Connection connection, Optional<UUID> databaseId) throws SQLException;

    /** Remembers which database it is. */
    default void mark(UUID databaseId) {}

    /** Lets this transaction wait for its own next statement, and each of them take its time; the connection is not kept. */
    default void bePatient(Handle handle) throws SQLException {}

    /** Takes {@link #bePatient} back, as far as it outlives the transaction. */
    default void beBrief(Handle handle) {}

    /** Has the disk take what was committed, if the commit did not. */
    default void sync(Handle handle) {}

    /** As {@link #sync}, and remembers outside of the database how far it has come. */
    default void secure(Handle handle) {}

    /**
     * Gives back some of the space that old rows took.
     *
     * @param quiet whether nobody would have to wait for it
     * @return whether there is more to do
     */
    default boolean compact(Handle handle, boolean quiet) {
        return false;
    }

    /**
     * Copies the database as it is at this moment to a new file, while it is in use.
     *
     * @throws StoreException if that cannot be done, or is not this program's to do
     */
    void backup(Handle handle, Path file);

    /** @return what to tell the operator */
    RuntimeException refusal(SQLException e);

    /** Ends what outlives the last connection. */
    default void shutDown() {}

    /** The settings both kinds share. */
    static HikariConfig pool(Config.Database config) {
        // else it would believe in what has lain about in Sessions, and to the pool looks just used
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
        var settings = new HikariConfig();
        settings.setUsername(config.user());
        settings.setPassword(config.password());
        settings.setMaximumPoolSize(config.poolSize());
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
        settings.setInitializationFailTimeout(-1);
        settings.setPoolName("database");
        settings.setExceptionOverride(new Eviction());
        return settings;
    }
}
