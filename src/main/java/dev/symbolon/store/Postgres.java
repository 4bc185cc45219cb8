package dev.symbolon.store;

import com.zaxxer.hikari.HikariConfig;
import dev.symbolon.config.Config;
import dev.symbolon.config.Words;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL server. Every wait is bounded, so that one that is lost or silent costs a request a second; what
 * the URL says of its own, such as {@code socketTimeout}, wins.
 */
final class Postgres implements Engine {
    /** Of those that the tests run on. */
    private static final int OLDEST = 14;

    private static final String CHARACTERS = "UTF8";

    /** The driver would tell on standard error, URL and all, what its exceptions tell us. Held, or it would be forgotten. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    /** Times in seconds. A statement that comes again, as all of ours do, is prepared on the server. */
    private static final Map<String, String> SETTINGS = Map.of(
            "ApplicationName", "symbolon",
            "logServerErrorDetail", "false", // which are values, hashes among them
            "targetServerType", "primary",
            "connectTimeout", "1", // it is tried again, which must not come late when the server is back
            "cancelSignalTimeout", "1",
            "tcpKeepAlive", "true",
            "prepareThreshold", "2");

    /** For the network, should the server fall silent. */
    private static final int REPLY_SECONDS = 1;

    /** For all of what makes a connection. */
    private static final int LOGIN_SECONDS = 2;

    /** At the start, and for a command: nobody would try it again. */
    private static final int FIRST_LOGIN_SECONDS = 10;

    /** Longer than the server gives a statement that may take its time. */
    private static final int PATIENCE_MILLIS = 65_000;

    /** A migration may have to wait for another replica's, and to build an index on a big table. */
    private static final int MIGRATION_SECONDS = 600;

    /**
     * For the server, and shorter: it ends what takes too long, and what a lost client left open with its locks. Sooner
     * what waits for a lock, for which others are not to wait as well.
     */
    private static final String LIMITS = "SET statement_timeout = '900ms'; SET lock_timeout = '300ms';"
            + " SET idle_in_transaction_session_timeout = '10s'";

    /** To make a plan for a token's state takes five times as long as to follow it, and its values make no difference. */
    private static final String PLANS = "SET plan_cache_mode = force_generic_plan";

    /** What to look at, by SQL state. */
    private static final Map<String, String> HINTS = Map.of(
            "28P01", "see database.user and database.password",
            "28000", "see database.user, database.password and the server's pg_hba.conf",
            "3D000", "see database.url",
            "3F000", "see database.url: the schema has to be there",
            "42501", "the user needs the right to create tables in the schema");

    private final Config.Database config;

    Postgres(Config.Database config) {
        DRIVER.setLevel(Level.OFF);
        this.config = config;
    }

    @Override
    public Connection connect() throws SQLException {
        return connect(FIRST_LOGIN_SECONDS, MIGRATION_SECONDS);
    }

    private Connection connect(int loginSeconds, int replySeconds) throws SQLException {
        var properties = new Properties();
        properties.putAll(SETTINGS);
        properties.put("user", config.user());
        properties.put("password", config.password());
        properties.put("loginTimeout", Integer.toString(loginSeconds));
        properties.put("socketTimeout", Integer.toString(replySeconds));
        return DriverManager.getConnection(config.url(), properties);
    }

    @Override
    public HikariConfig pool() {
        HikariConfig settings = Engine.pool(config);
        settings.setUsername(null);
        settings.setPassword(null);
        settings.setDataSource(new Steadfast(() -> connect(LOGIN_SECONDS, REPLY_SECONDS)));
        settings.setValidationTimeout(250);
        settings.setTransactionIsolation("TRANSACTION_READ_COMMITTED"); // whatever the server's default
        settings.setConnectionInitSql(LIMITS + "; " + PLANS);
        return settings;
    }

    @Override
    public void verify(Connection connection, Optional<UUID> databaseId) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
            throw unusable("is of PostgreSQL " + connection.getMetaData().getDatabaseProductVersion()
                    + ", and has to be of " + OLDEST + " or later");
        }
        String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
        if (!CHARACTERS.equals(encoding)) {
            throw unusable("has the encoding " + encoding + ", and has to have " + CHARACTERS);
        }
    }

    @Override
    public void bePatient(Handle handle) throws SQLException {
        handle.getConnection().setNetworkTimeout(Runnable::run, PATIENCE_MILLIS); // which the pool sets back
        handle.execute("SET LOCAL statement_timeout = '60s'");
        handle.execute("SET LOCAL lock_timeout = 0");
        handle.execute("SET LOCAL idle_in_transaction_session_timeout = '1h'");
    }

    @Override
    public void backup(Handle handle, Path file) {
        throw unusable("is backed up by PostgreSQL's own pg_dump --format=custom, and restored by pg_restore");
    }

    @Override
    public RuntimeException refusal(SQLException e) {
        String hint = HINTS.get(String.valueOf(e.getSQLState()));
        return new StoreException(
                name() + " cannot be used: " + reason(e) + (hint == null ? "" : " (" + hint + ")"), e);
    }

    /** The driver says "The connection attempt failed." of most things, and its cause says of which. */
    private static String reason(SQLException e) {
        Throwable cause = e.getCause();
        if (cause instanceof UnknownHostException) {
            return "there is no host " + cause.getMessage() + " (see database.url)";
        }
        String line = Words.withoutSecrets(Failures.line(e));
        return cause == null || cause.getMessage() == null ? line : line + ' ' + Failures.line(cause);
    }

    private StoreException unusable(String why) {
        return new StoreException(name() + ' ' + why);
    }

    private String name() {
        return "database " + Words.withoutSecrets(config.url());
    }
}
