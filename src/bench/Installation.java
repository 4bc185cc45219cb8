import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A fresh directory and database for the service, with a client, a user and a link, all named {@code bench}. */
final class Installation implements AutoCloseable {
    static final String NAME = "bench";

    private final Jvm jvm;
    private final Path directory;
    private final Postgres postgres;
    private final Map<String, String> environment = new HashMap<>();

    private Installation(Jvm jvm, Path directory, Postgres postgres) {
        this.jvm = jvm;
        this.directory = directory;
        this.postgres = postgres;
    }

    /** @param settings of the service, by their environment variables */
    static Installation make(Jvm jvm, Store store, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("symbolon-bench");
        Postgres postgres = null;
        if (store == Store.POSTGRESQL) { // whose own user must get through to its directory
            Server.run(directory, Map.of(), List.of("chmod", "a+x", directory.toString()));
            postgres = Postgres.start(Files.createDirectory(directory.resolve("postgresql")));
        }
        var installation = new Installation(jvm, directory, postgres);
        installation.environment.putAll(settings);
        if (store == Store.FSYNC) {
            installation.environment.put("SYMBOLON_DATABASE_FSYNC", "true");
        }
        if (postgres != null) {
            installation.environment.put("SYMBOLON_DATABASE_URL", postgres.url());
            installation.environment.put("SYMBOLON_DATABASE_USER", Postgres.USER);
        }
        try {
            installation.seed();
            return installation;
        } catch (IOException | InterruptedException | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    private void seed() throws IOException, InterruptedException {
        command("client", "create", "--name", NAME, "--id", NAME, "--secret", NAME, "--scope", "read,write", "--introspect",
                "--grant", "client_credentials,password,refresh_token");
        command("user", "create", NAME, "--password", NAME);
        command("link", "add", NAME, NAME);
    }

    String command(String... words) throws IOException, InterruptedException {
        return Server.run(directory, environment, jvm.service(words));
    }

    Server serve() throws IOException, InterruptedException {
        return Server.start(directory, environment, jvm.service("serve"));
    }

    /** For what is quicker done without the service, while it is stopped. */
    Connection connect() throws SQLException {
        String url = environment.getOrDefault(
                "SYMBOLON_DATABASE_URL", "jdbc:h2:file:" + directory.resolve("data/symbolon") + ";TRACE_LEVEL_FILE=0");
        return DriverManager.getConnection(url, "symbolon", "");
    }

    /** What the database takes on the disk, as far as it is the service's. */
    long megabytes() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("data"))) {
            return all.mapToLong(each -> each.toFile().isFile() ? each.toFile().length() : 0).sum() / 1024 / 1024;
        }
    }

    /** Until nothing has been written to the database on the disk for ten seconds: its file is made shorter meanwhile. */
    void settle() throws IOException, InterruptedException {
        FileTime last;
        do {
            last = lastWritten();
            TimeUnit.SECONDS.sleep(10);
        } while (!last.equals(lastWritten()));
    }

    private FileTime lastWritten() throws IOException {
        return Files.getLastModifiedTime(directory.resolve("data/symbolon.mv.db"));
    }

    Path directory() {
        return directory;
    }

    /** Null for H2. */
    Postgres postgres() {
        return postgres;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (postgres != null) {
            postgres.close();
        }
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(each);
            }
        }
    }
}
