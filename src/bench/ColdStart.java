import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long from {@code java -jar service.jar}, on a database that is there, to the first token, beside how long a bare
 * handler takes to its first answer, and how much memory after ten thousand of them?
 *
 * <p>{@code --image} starts it as the container image does, from an archive of loaded classes.
 */
@Command(
        name = "cold-start",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Time to the first token, and memory.")
public final class ColdStart implements Callable<Integer> {
    private static final int TOKENS = 10_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final double MOST_OVER_BARE = 0.4;
    private static final double MOST_OF_IMAGE = 0.6;

    @Option(names = "--jdk", paramLabel = "PATH", description = "Java to measure on.")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--jvm", paramLabel = "OPTION", description = "JVM option for the service and the bare handler.")
    private List<String> jvmOptions = List.of();

    @Option(names = "--image", description = "Start it as the container image does.")
    private boolean image;

    @Option(names = "--starts", paramLabel = "N", description = "Medians are of so many.")
    private int starts = 9;

    private final HttpClient http = HttpClient.newHttpClient();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ColdStart()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var jvm = new Jvm(jdk, jvmOptions);
        try (Installation installation = Installation.make(jvm, Store.H2, Map.of())) {
            Path directory = installation.directory();
            List<String> service = image ? trained(directory) : jvm.service("serve");
            List<String> bare = jvm.program(Bare.class);
            double[] ours = new double[starts];
            double[] others = new double[starts];
            double[] differences = new double[starts];
            for (int i = -1; i < starts; i++) { // the first brings the files into memory
                double one = firstAnswer(directory, service, "/oauth/v2/token");
                double other = firstAnswer(directory, bare, "/");
                if (i >= 0) {
                    ours[i] = one;
                    others[i] = other;
                    differences[i] = one - other;
                }
            }
            double median = Wrk.median(ours);
            double over = Wrk.median(differences);
            System.out.printf(
                    "Java %s%s: first token after %.2f s, a bare handler's first answer after %.2f s, difference %.2f s%n",
                    jvm.version(), image ? " as in the image" : "", median, Wrk.median(others), over);
            System.out.println(image
                    ? verdict(median, MOST_OF_IMAGE, "to the first token")
                    : verdict(over, MOST_OVER_BARE, "over the bare handler"));
            memory(directory, service);
        }
        return 0;
    }

    private static String verdict(double seconds, double most, String what) {
        return "%s: %.2f s %s, at most %.2f".formatted(seconds <= most ? "pass" : "MISSED", seconds, what, most);
    }

    /** The way of src/docker/symbolon. */
    private List<String> trained(Path directory) throws IOException, InterruptedException {
        Path home = Files.createDirectory(directory.resolve("image"));
        Files.copy(Jvm.JAR, home.resolve("service.jar"));
        String path = jdk.resolve("bin") + ":" + System.getenv("PATH");
        Server.run(directory, Map.of("PATH", path), List.of(Path.of("src/docker/train").toAbsolutePath().toString(), home.toString()));
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString(), "@" + home.resolve("jvm.options")));
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", home.resolve("service.jar").toString(), "serve"));
        return command;
    }

    private double firstAnswer(Path directory, List<String> command, String path) throws IOException, InterruptedException {
        int port = freePort();
        long begun = System.nanoTime();
        Process process = start(directory, command, port);
        try {
            awaitPort(port);
            send(port, path);
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            stop(process);
        }
    }

    private void memory(Path directory, List<String> command) throws Exception {
        int port = freePort();
        Process service = start(directory, command, port);
        try {
            awaitPort(port);
            send(port, "/oauth/v2/token");
            System.out.printf("resident memory after 1 token: %s", resident(service));
            ExecutorService clients = Executors.newFixedThreadPool(8);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < TOKENS; i++) {
                all.add(clients.submit(() -> {
                    send(port, "/oauth/v2/token");
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            clients.shutdown();
            System.out.printf(", after %d: %s%n", TOKENS, resident(service));
        } finally {
            stop(service);
        }
    }

    private void send(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", Caller.basic(Installation.NAME, Installation.NAME))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("answered with " + status);
        }
    }

    private static String resident(Process service) throws IOException {
        String kilobytes = Files.readString(Path.of("/proc", Long.toString(service.pid()), "status"))
                .replaceAll("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1");
        return Long.parseLong(kilobytes) / 1024 + " MiB";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
        throw new IllegalStateException("the server did not start");
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** On all cores, since a start makes use of two. */
    private static Process start(Path directory, List<String> command, int port) throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SYMBOLON_"));
        builder.environment().put("SYMBOLON_HTTP_PORT", Integer.toString(port));
        builder.environment().put("SYMBOLON_MANAGEMENT_PORT", "0");
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }
}
