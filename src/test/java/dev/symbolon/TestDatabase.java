package dev.symbolon;

import dev.symbolon.config.Config;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The kind of database that this run of the tests is about: {@code -Dtest.database=h2}, the default, or
 * {@code postgresql}. The build runs them all on both.
 */
public enum TestDatabase {
    H2 {
        @Override
        public Map<String, String> fresh(Path directory) {
            return Map.of("database.url", "jdbc:h2:file:" + directory.resolve("db/symbolon"));
        }

        @Override
        public String inZone(String zone) {
            return ";TIME ZONE=" + zone;
        }

        /** As statements: the file itself is compressed. */
        @Override
        byte[] bytes(Config.Database config) {
            try (Connection connection = connect(config);
                    Statement statement = connection.createStatement()) {
                return String.join("\n", column(statement, "SCRIPT")).getBytes(StandardCharsets.UTF_8);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    },

    /** One server for all tests of this JVM, and a schema in it for each database. */
    POSTGRESQL {
        @Override
        public Map<String, String> fresh(Path directory) {
            String schema = "test_" + SCHEMAS.incrementAndGet();
            execute("CREATE SCHEMA " + schema);
            return Map.of("database.url", url() + "&currentSchema=" + schema, "database.user", "postgres");
        }

        @Override
        public String inZone(String zone) {
            return "&options=-c%20TimeZone=" + zone;
        }

        /** Every row of every table, as text. */
        @Override
        byte[] bytes(Config.Database config) {
            try (Connection connection = connect(config);
                    Statement statement = connection.createStatement()) {
                List<String> tables =
                        column(statement, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema");
                var text = new StringBuilder();
                for (String table : tables) {
                    column(statement, "SELECT row_to_json(t) FROM " + table + " t")
                            .forEach(row -> text.append(row).append('\n'));
                }
                return text.toString().getBytes(StandardCharsets.UTF_8);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    /** A role that has to prove its password; all others are let in without. */
    public static final String GUARDED = "guarded";

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** Started when it is first needed; ended with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
                guard(server);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void guard(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            String file = column(statement, "SHOW hba_file").get(0);
            statement.execute("COPY (VALUES ('host all " + GUARDED + " all scram-sha-256'), ('host all all all trust'))"
                    + " TO '" + file + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    public static TestDatabase current() {
        return valueOf(System.getProperty("test.database", "h2").toUpperCase(Locale.ROOT));
    }

    /** Settings of a database that nobody has used before. */
    public abstract Map<String, String> fresh(Path directory);

    /** What to add to a URL for sessions with this time zone. */
    public abstract String inZone(String zone);

    /** All that is stored, to look for what must not be there. */
    abstract byte[] bytes(Config.Database config);

    private static Connection connect(Config.Database config) throws SQLException {
        return DriverManager.getConnection(config.url(), config.user(), config.password());
    }

    /** Of the server for these tests, without a schema. */
    public static String url() {
        return "jdbc:postgresql://localhost:" + port() + "/postgres?sslmode=disable";
    }

    public static int port() {
        return Server.INSTANCE.getPort();
    }

    /** On the server, as its superuser. */
    public static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query finds, on the server, as its superuser. */
    public static List<String> query(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            return column(statement, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
