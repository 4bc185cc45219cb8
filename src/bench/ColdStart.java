import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long from {@code java -jar service.jar}, on a database that is there, to the first token, and how much memory after
 * ten thousand of them?
 *
 * <p>{@code java src/bench/ColdStart.java [JAVA_HOME [JVM_OPTION…]]}; the jar is {@code target/service.jar}. Linux only.
 */
public final class ColdStart {
    private static final int STARTS = 7;
    private static final int TOKENS = 10_000;
    private static final int PORT = 18_080;
    private static final HttpRequest TOKEN = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/oauth/v2/token"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("c:s".getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
            .build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> jvm = new ArrayList<>();
    private final Path directory;

    private ColdStart(List<String> arguments) throws IOException {
        String home = arguments.isEmpty() ? System.getProperty("java.home") : arguments.get(0);
        jvm.add(Path.of(home, "bin", "java").toString());
        jvm.addAll(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
        jvm.addAll(List.of("-jar", Path.of("target/service.jar").toAbsolutePath().toString()));
        directory = Files.createTempDirectory("coldstart");
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new ColdStart(List.of(arguments));
        bench.start("client", "create", "--id", "c", "--secret", "s", "--name", "C", "--grant", "client_credentials")
                .waitFor();
        long[] millis = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            millis[i] = bench.firstToken();
        }
        Arrays.sort(millis);
        System.out.printf("first token after %d ms (median of %d, %s)%n", millis[STARTS / 2], STARTS, Arrays.toString(millis));
        bench.memory();
    }

    private long firstToken() throws Exception {
        long begun = System.nanoTime();
        Process service = start();
        awaitPort();
        send();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        stop(service);
        return millis;
    }

    private void memory() throws Exception {
        Process service = start();
        awaitPort();
        send();
        System.out.printf("resident memory after 1 token: %s", resident(service));
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            all.add(clients.submit(() -> {
                send();
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        clients.shutdown();
        System.out.printf(", after %d: %s%n", TOKENS, resident(service));
        stop(service);
    }

    private void send() throws IOException, InterruptedException {
        int status = http.send(TOKEN, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("answered with " + status);
        }
    }

    private static String resident(Process service) throws IOException {
        String kilobytes = Files.readString(Path.of("/proc", Long.toString(service.pid()), "status"))
                .replaceAll("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1");
        return Long.parseLong(kilobytes) / 1024 + " MiB";
    }

    private static void awaitPort() throws InterruptedException {
        for (int i = 0; i < 3000; i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", PORT));
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        throw new IllegalStateException("the service did not start");
    }

    private static void stop(Process service) throws InterruptedException {
        service.destroy();
        service.waitFor();
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("SYMBOLON_HTTP_PORT", Integer.toString(PORT));
        builder.environment().put("SYMBOLON_MANAGEMENT_PORT", "0");
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }
}
