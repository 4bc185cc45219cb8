package dev.symbolon.migrate;

import dev.symbolon.config.Words;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database to move in from: read only, in one transaction, a page at a time. Not thread-safe. */
final class SourceDatabase implements AutoCloseable {
    static final int PAGE = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(SourceDatabase.class);
    private static final String SQLITE = "jdbc:sqlite:";

    private final URLClassLoader drivers;
    private final Connection connection;
    private final String quote;

    /** A table, and its columns as they are spelled, by their names in lower case. */
    record Table(String name, Map<String, String> columns) {
        boolean has(String column) {
            return columns.containsKey(column);
        }
    }

    /** Makes a value of a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done with the database, which may fail. */
    private interface Work<R> {
        R run() throws SQLException;
    }

    private SourceDatabase(URLClassLoader drivers, Connection connection) throws SQLException {
        this.drivers = drivers;
        this.connection = connection;
        this.quote = connection.getMetaData().getIdentifierQuoteString().strip();
    }

    /**
     * @param directory what relative names are relative to
     * @param driverDirectory where jars of drivers are, if it is there
     * @throws ImportException if it cannot be opened
     */
    static SourceDatabase open(String url, String user, String password, Path directory, Path driverDirectory) {
        var properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        String absolute = url;
        if (url.startsWith(SQLITE)) {
            absolute = SQLITE + directory.resolve(url.substring(SQLITE.length()));
            properties.put("open_mode", "1"); // read only: it would make the file that is not there
        }
        URLClassLoader drivers = drivers(directory.resolve(driverDirectory));
        Connection connection = null;
        try {
            connection = driver(drivers, url, driverDirectory).connect(absolute, properties);
            connection.setAutoCommit(false);
            if (!url.startsWith(SQLITE)) { // which has it from the start
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            return new SourceDatabase(drivers, connection);
        } catch (SQLException | ServiceConfigurationError e) {
            close(connection, drivers);
            throw new ImportException(Words.withoutSecrets(url) + " cannot be opened: " + line(e), e);
        }
    }

    private static Driver driver(ClassLoader drivers, String url, Path driverDirectory) throws SQLException {
        for (Driver driver : ServiceLoader.load(Driver.class, drivers)) {
            if (driver.acceptsURL(url)) {
                return driver;
            }
        }
        throw new SQLException("no JDBC driver takes it; put the jar of one into the directory " + driverDirectory);
    }

    private static URLClassLoader drivers(Path directory) {
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
                for (Path jar : files) {
                    jars.add(url(jar));
                }
            } catch (IOException e) {
                throw new ImportException("the drivers cannot be read: " + e.getMessage(), e);
            }
        }
        return new URLClassLoader(jars.toArray(URL[]::new), SourceDatabase.class.getClassLoader());
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /** Whichever of these tables there is, without regard to case. */
    Optional<Table> find(List<String> names) {
        return run(() -> {
            Map<String, String> tables = new TreeMap<>();
            try (ResultSet rows = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
                while (rows.next()) {
                    String name = rows.getString("TABLE_NAME");
                    tables.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
                }
            }
            for (String name : names) {
                String spelled = tables.get(name.toLowerCase(Locale.ROOT));
                if (spelled != null) {
                    return Optional.of(table(spelled));
                }
            }
            return Optional.<Table>empty();
        });
    }

    private Table table(String name) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + quoted(name) + " WHERE 1 = 0")) {
            ResultSetMetaData metaData = none.getMetaData();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                String column = metaData.getColumnName(i);
                columns.putIfAbsent(column.toLowerCase(Locale.ROOT), column);
            }
        }
        return new Table(name, columns);
    }

    long count(Table table) {
        return run(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + quoted(table.name()))) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** A column of a table that has a short name in the statement. */
    String column(String alias, Table table, String column) {
        return alias + '.' + quoted(table.columns().getOrDefault(column, column));
    }

    String quoted(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /**
     * Reads all rows, a page at a time, in the order of their keys.
     *
     * @param keys one or two columns, which come first in a row
     * @param columns what else is read
     * @param from the tables, and how they are joined
     * @param where a condition; "1 = 1" for none
     */
    <T> void read(
            List<String> keys,
            List<String> columns,
            String from,
            String where,
            Reader<T> reader,
            Consumer<List<T>> page) {
        String selected = String.join(", ", keys) + ", " + String.join(", ", columns);
        String order = " ORDER BY " + String.join(", ", keys) + " LIMIT " + PAGE;
        String after = keys.size() == 1
                ? " AND " + keys.get(0) + " > ?"
                : " AND (" + keys.get(0) + " > ? OR " + keys.get(0) + " = ? AND " + keys.get(1) + " > ?)";
        String first = "SELECT " + selected + " FROM " + from + " WHERE " + where;
        List<Object> last = new ArrayList<>();
        List<T> rows = new ArrayList<>();
        do {
            rows.clear();
            fill(first + (last.isEmpty() ? "" : after) + order, keys.size(), last, reader, rows);
            page.accept(List.copyOf(rows));
        } while (rows.size() == PAGE);
    }

    private <T> void fill(String sql, int keys, List<Object> last, Reader<T> reader, List<T> rows) {
        run(() -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                List<Object> bound = last.size() == 2 ? List.of(last.get(0), last.get(0), last.get(1)) : last;
                for (int i = 0; i < bound.size(); i++) {
                    statement.setObject(i + 1, bound.get(i));
                }
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows.add(reader.read(result));
                        last.clear();
                        for (int i = 1; i <= keys; i++) {
                            last.add(result.getObject(i));
                        }
                    }
                }
            }
            return true;
        });
    }

    private static <R> R run(Work<R> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new ImportException("the database to import from failed: " + line(e), e);
        }
    }

    private static String line(Throwable e) {
        return Words.withoutSecrets(
                String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given"));
    }

    @Override
    public void close() {
        close(connection, drivers);
    }

    /** What was read from it is complete, or has failed already. */
    private static void close(@Nullable Connection connection, URLClassLoader drivers) {
        try (drivers) {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException | IOException e) {
            LOG.warn("the database to import from was not closed: {}", line(e));
        }
    }
}
