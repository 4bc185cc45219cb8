import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * What is left for others while 64 connections flood the password grant, or the token endpoint with wrong secrets? And
 * how long does a client take to get in that the process does not know yet, right after a restart, too? And with 10,000
 * connections on which nothing is ever asked?
 *
 * <p>{@code src/bench/run Flood [SECONDS]}; the service and what loads it have a core each where there are two. Exits with
 * 1 if less than half the throughput is left, a p99 is over 100 ms, or a client waits for more than 5 s.
 */
public final class Flood {
    private static final int FLOODERS = 64;
    private static final int IDLERS = 10_000;
    private static final int USERS = 8;
    private static final String WRONG_PASSWORD = "grant_type=password&username=alice&password=wrong";
    private static final String FORM = "application/x-www-form-urlencoded";

    private volatile String url;
    private final int seconds;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private boolean passed = true;

    private Flood(String url, int seconds) {
        this.url = url;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        System.setProperty("jdk.httpclient.keepalive.timeout", "5"); // before the service gives idle connections up
        Path directory = Files.createTempDirectory("flood");
        String jar = Path.of("target/service.jar").toAbsolutePath().toString();
        List<String> java = List.of("java", "-jar", jar);
        run(directory, java, "client", "create", "--id", "app", "--secret", "s", "--name", "App", "--grant", "client_credentials,password");
        run(directory, java, "client", "create", "--id", "late", "--secret", "s", "--name", "Late", "--grant", "client_credentials");
        run(directory, java, "user", "create", "alice", "--password", "p");
        List<String> serve = new ArrayList<>(java);
        serve.addAll(List.of("serve", "--set", "http.trusted-proxies=127.0.0.1")); // a flood comes from many addresses
        Server server = Server.start(directory, Map.of(), serve);
        var flood = new Flood(server.url(), seconds);
        flood.compare();
        Callable<Server> start = () -> Server.start(directory, Map.of(), serve);
        server = flood.restart("passwords", flood::wrongPassword, server, start);
        server = flood.restart("secrets", flood::wrongSecret, server, start);
        server.close();
        System.exit(flood.passed ? 0 : 1);
    }

    private static void run(Path directory, List<String> java, String... words) throws Exception {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(words));
        Server.run(directory, Map.of(), command);
    }

    private void compare() throws Exception {
        String token = new Caller(url, "app", "s").ownToken();
        HttpRequest issue = request("app", "s", "token", "grant_type=client_credentials");
        HttpRequest introspect = request("app", "s", "introspect", "token=" + token);
        LongFunction<HttpRequest> names =
                i -> request("app", "s", "token", "grant_type=password&username=nobody" + i + "&password=wrong");
        LongFunction<HttpRequest> clients = i -> request("c" + i, "wrong", "token", "grant_type=client_credentials");
        warm(issue);
        try (var first = new Flooding(this::wrongPassword)) { // what the compiler took for granted before is compiled anew
            System.out.println("warmed up under " + first);
            warm(issue);
        }
        warm(issue);
        warm(introspect);
        under("idle connections", Idling::new, issue, introspect);
        under("wrong passwords", () -> new Flooding(this::wrongPassword), issue, introspect);
        under("made-up users", () -> new Flooding(names), issue, introspect);
        under("wrong secrets", () -> new Flooding(this::wrongSecret), issue, introspect);
        under("made-up clients", () -> new Flooding(clients), issue, introspect);
    }

    /** Beside what is left right before and after: the machine may be shared, and the service gets faster for long. */
    private void under(String name, Callable<AutoCloseable> burden, HttpRequest... requests) throws Exception {
        System.out.printf("--- %s%n", name);
        Load[] before = measureAll(requests);
        Load[] during;
        try (var heavy = burden.call()) {
            System.out.printf("under %s:%n", heavy);
            getsIn("late");
            during = measureAll(requests);
        }
        Load[] after = measureAll(requests);
        for (int i = 0; i < requests.length; i++) {
            double share = 2 * during[i].rate() / (before[i].rate() + after[i].rate());
            passed &= share >= 0.5 && during[i].p99() <= 100;
            System.out.printf("%s: %.0f %% is left%n", requests[i].uri().getPath(), 100 * share);
        }
    }

    private Load[] measureAll(HttpRequest... requests) throws Exception {
        Load[] loads = new Load[requests.length];
        for (int i = 0; i < requests.length; i++) {
            loads[i] = measure(requests[i]);
        }
        return loads;
    }

    private final class Idling implements AutoCloseable {
        private final List<Socket> idlers = new ArrayList<>();

        Idling() throws IOException {
            URI address = URI.create(url);
            for (int i = 0; i < IDLERS; i++) {
                idlers.add(new Socket(address.getHost(), address.getPort()));
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket idler : idlers) {
                idler.close();
            }
        }

        @Override
        public String toString() {
            return idlers.size() + " idle connections";
        }
    }

    /** In the middle of a flood, which knows where to go on. */
    private Server restart(String tried, LongFunction<HttpRequest> flood, Server server, Callable<Server> start)
            throws Exception {
        System.out.printf("--- restarted while 64 connections try %s%n", tried);
        try (var flooding = new Flooding(flood)) {
            server.close();
            Server next = start.call();
            url = next.url();
            getsIn("late");
            getsIn("app");
            return next;
        }
    }

    private final class Flooding implements AutoCloseable {
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong busy = new AtomicLong();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean ended;

        Flooding(LongFunction<HttpRequest> flood) throws InterruptedException {
            for (int i = 0; i < FLOODERS; i++) {
                var thread = new Thread(() -> flood(flood));
                thread.start();
                threads.add(thread);
            }
            TimeUnit.SECONDS.sleep(1);
        }

        private void flood(LongFunction<HttpRequest> flood) {
            while (!ended) {
                try {
                    HttpRequest request = flood.apply(sent.incrementAndGet());
                    if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 503) {
                        busy.incrementAndGet();
                    }
                } catch (IOException e) {
                    Thread.onSpinWait(); // while it is restarted
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        @Override
        public String toString() {
            return "a flood on " + threads.size() + " connections";
        }

        @Override
        public void close() throws InterruptedException {
            ended = true;
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.printf("the flood: %d requests, %d of them 503%n", sent.get(), busy.get());
        }
    }

    private HttpRequest wrongPassword(long i) {
        return request("app", "s", "token", WRONG_PASSWORD + i);
    }

    /** Of a client that others know the id of. */
    private HttpRequest wrongSecret(long i) {
        HttpRequest request = request("app", "wrong" + i, "token", "grant_type=client_credentials");
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .header("X-Forwarded-For", "192.0.2." + i % 250)
                .build();
    }

    /** With its own secret; the process does not know it yet in the first round and after a restart. */
    private void getsIn(String client) throws Exception {
        long begun = System.nanoTime();
        HttpRequest request = request(client, "s", "token", "grant_type=client_credentials");
        while (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        passed &= millis <= 5000;
        System.out.printf("client %s gets in after %d ms%n", client, millis);
    }

    private record Load(double rate, double p99) {}

    /** Until it gets no faster any more. */
    private void warm(HttpRequest request) throws Exception {
        double best = 0;
        for (double rate = measure(request).rate(); rate > best * 1.05; rate = measure(request).rate()) {
            best = rate;
        }
    }

    private HttpRequest request(String client, String secret, String path, String form) {
        return HttpRequest.newBuilder(URI.create(url + "/oauth/v2/" + path))
                .header("Authorization", Caller.basic(client, secret))
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    /** Requests a second of a few connections that have each other's answers to wait for, none but 200. */
    private Load measure(HttpRequest request) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<List<Long>> nanos = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            List<Long> mine = new ArrayList<>();
            nanos.add(mine);
            var thread = new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        long begun = System.nanoTime();
                        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                        if (status != 200) {
                            throw new IllegalStateException("answered with " + status);
                        }
                        mine.add(System.nanoTime() - begun);
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] sorted = nanos.stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
        var load = new Load(sorted.length / (double) seconds, sorted[(int) (sorted.length * 0.99)] / 1e6);
        System.out.printf("%s: %.0f requests/s, p99 %.1f ms%n", request.uri().getPath(), load.rate(), load.p99());
        return load;
    }
}
