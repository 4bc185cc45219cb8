import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A private PostgreSQL server with the settings it comes with, durable commits among them. */
final class Postgres implements AutoCloseable {
    static final String USER = "symbolon";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path directory;
    private final int port;

    private Postgres(Path bin, Path directory, int port) {
        this.bin = bin;
        this.directory = directory;
        this.port = port;
    }

    /** @param directory empty, and readable by the user that PostgreSQL runs as */
    static Postgres start(Path directory) throws IOException, InterruptedException {
        var postgres = new Postgres(bin(), directory, freePort());
        if (isRoot()) {
            Server.run(directory, Map.of(), List.of("chown", "postgres", directory.toString()));
        }
        postgres.run("initdb", "--auth=trust", "--username=" + USER, "--encoding=UTF8", "--locale=C");
        postgres.start();
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::stopIfRunning));
        return postgres;
    }

    /** Again after {@link #crash}. */
    void start() throws IOException, InterruptedException {
        String options = "-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories=%s".formatted(port, directory);
        run("pg_ctl", "start", "--wait", "--silent", "--log=" + directory.resolve("log"), "--options=" + options);
    }

    /** What a power cut leaves, as far as PostgreSQL can tell: no checkpoint, no clean-up. */
    void crash() throws IOException, InterruptedException {
        run("pg_ctl", "stop", "--mode=immediate", "--silent");
    }

    /** It is no child of this process, and would outlive one that is interrupted. */
    private void stopIfRunning() {
        try {
            if (Files.exists(directory.resolve("data/postmaster.pid"))) {
                close();
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("PostgreSQL was not stopped: " + e.getMessage());
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) { // as whom PostgreSQL refuses to run
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        command.add("--pgdata=" + directory.resolve("data"));
        Server.run(directory, Map.of(), Server.pinned(Server.LOAD_CORE, command));
    }

    private static Path bin() throws IOException {
        if (Files.isDirectory(VERSIONS)) {
            try (Stream<Path> versions = Files.list(VERSIONS)) {
                var newest = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Path::compareTo);
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IOException("no PostgreSQL under " + VERSIONS + ": apt-get install postgresql");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("pg_ctl", "stop", "--mode=immediate", "--silent");
    }
}
