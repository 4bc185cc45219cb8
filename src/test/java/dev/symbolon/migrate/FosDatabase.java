package dev.symbolon.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An SQLite database of FOSOAuthServerBundle as PHP filled it, see {@code src/test/php/fos.php}. */
final class FosDatabase {
    private final Path file;
    private final List<String[]> said;

    FosDatabase(Path directory) {
        this.file = directory.resolve("fos.db");
        String script = script();
        this.said = script.lines()
                .filter(line -> line.startsWith("-- "))
                .map(line -> line.substring(3).split("\t", -1))
                .toList();
        execute(script);
    }

    private static String script() {
        try (InputStream in = FosDatabase.class.getResourceAsStream("/fos.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "jdbc:sqlite:" + file;
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate(sql);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first of what PHP said of a kind to its second: logins are names and passwords. */
    Map<String, String> said(String kind) {
        Map<String, String> pairs = new LinkedHashMap<>();
        said.stream().filter(words -> words[0].equals(kind)).forEach(words -> pairs.put(words[1], words[2]));
        return pairs;
    }

    /** The id of the client with this number. */
    String client(int number) {
        return List.copyOf(said("client").keySet()).get(number - 1);
    }

    String secret(int number) {
        return said("client").get(client(number));
    }

    /** The token of a user. */
    String token(String kind, String user) {
        return said(kind).entrySet().stream()
                .filter(entry -> entry.getValue().equals(user))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
