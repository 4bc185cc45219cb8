import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Can failures be told apart by their time? Starts the jar on a database with hashes of three costs, and times wrong
 * passwords and wrong secrets of every kind, in turn.
 *
 * <p>{@code src/bench/run FailureTiming [TRIES]}; exits with 1 if a median is more than 5 % from its group's.
 */
public final class FailureTiming {
    private static final int LOWER = 7;
    private static final int CONFIGURED = 8;
    private static final int HIGHER = 9;
    private static final double TOLERANCE = 0.05;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int tries;
    private String url = "";

    private FailureTiming(Path directory, int tries) {
        this.directory = directory;
        this.tries = tries;
    }

    public static void main(String[] arguments) throws Exception {
        int tries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        var bench = new FailureTiming(Files.createTempDirectory("timing"), tries);
        bench.seed();
        boolean even;
        try (Server server = Server.start(bench.directory, settings(CONFIGURED), Jvm.running().service("serve"))) {
            bench.url = server.url();
            even = bench.group("users", bench.users()) & bench.group("clients", bench.clients());
        }
        System.exit(even ? 0 : 1);
    }

    private void seed() throws Exception {
        run(CONFIGURED, "client", "create", "--id", "app", "--secret", "s", "--name", "App", "--grant", "password");
        for (int cost : List.of(LOWER, CONFIGURED, HIGHER)) {
            run(cost, "user", "create", "user" + cost, "--password", "p");
            run(cost, "client", "create", "--id", "client" + cost, "--secret", "s", "--name", "C", "--grant", "password");
        }
        run(CONFIGURED, "user", "create", "disabled", "--password", "p");
        run(CONFIGURED, "user", "disable", "disabled");
        run(CONFIGURED, "client", "create", "--id", "two", "--secret", "s", "--name", "C", "--grant", "password");
        run(CONFIGURED, "client", "rotate-secret", "two", "--keep-old", "1d");
        run(CONFIGURED, "client", "create", "--id", "off", "--secret", "s", "--name", "C", "--grant", "password");
        run(CONFIGURED, "client", "disable", "off");
    }

    private Map<String, HttpRequest> users() {
        Map<String, HttpRequest> cases = new LinkedHashMap<>();
        cases.put("unknown user", password("nobody"));
        cases.put("wrong password", password("user" + CONFIGURED));
        cases.put("wrong password, hash of lower cost", password("user" + LOWER));
        cases.put("wrong password, hash of higher cost", password("user" + HIGHER));
        cases.put("disabled user", password("disabled"));
        cases.put("right password, denied by the policy", request("app", "s", "grant_type=password&username=user"
                + CONFIGURED + "&password=p"));
        return cases;
    }

    private Map<String, HttpRequest> clients() {
        Map<String, HttpRequest> cases = new LinkedHashMap<>();
        cases.put("unknown client", secret("nobody", "x"));
        cases.put("wrong secret", secret("client" + CONFIGURED, "x"));
        cases.put("wrong secret, hash of lower cost", secret("client" + LOWER, "x"));
        cases.put("wrong secret, hash of higher cost", secret("client" + HIGHER, "x"));
        cases.put("wrong secret of a client with two", secret("two", "x"));
        cases.put("disabled client, right secret", secret("off", "s"));
        return cases;
    }

    private HttpRequest password(String user) {
        return request("app", "s", "grant_type=password&password=wrong&username=" + encoded(user));
    }

    private HttpRequest secret(String client, String secret) {
        return request(client, secret, "grant_type=password&username=x&password=x");
    }

    private HttpRequest request(String client, String secret, String form) {
        return HttpRequest.newBuilder(URI.create(url + "/oauth/v2/token"))
                .header("Authorization", Caller.basic(client, secret))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    /** Every case once a round, so that whatever else the machine does falls on all of them. */
    private boolean group(String name, Map<String, HttpRequest> cases) throws Exception {
        Map<String, long[]> nanos = new LinkedHashMap<>();
        cases.keySet().forEach(each -> nanos.put(each, new long[tries]));
        for (int round = -5; round < tries; round++) { // the first five warm up
            for (var each : cases.entrySet()) {
                long begun = System.nanoTime();
                int status = http.send(each.getValue(), HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status != 400 && status != 401) {
                    throw new IOException(each.getKey() + " was answered with " + status);
                }
                if (round >= 0) {
                    nanos.get(each.getKey())[round] = System.nanoTime() - begun;
                }
            }
        }
        double[] medians = nanos.values().stream().mapToDouble(FailureTiming::median).toArray();
        double middle = median(Arrays.stream(medians).mapToLong(Math::round).toArray());
        boolean even = true;
        for (String each : nanos.keySet()) {
            double median = median(nanos.get(each));
            boolean within = Math.abs(median / middle - 1) <= TOLERANCE;
            even &= within;
            System.out.printf("%-8s %-38s %7.2f ms  %+5.1f %% %s%n", name, each, median / 1e6, 100 * (median / middle - 1),
                    within ? "" : "TOO FAR");
        }
        return even;
    }

    private static double median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }

    private void run(int cost, String... words) throws Exception {
        Server.run(directory, settings(cost), Jvm.running().service(words));
    }

    private static Map<String, String> settings(int cost) {
        return Map.of("SYMBOLON_POLICY_DISCLOSE_DENIAL", "false", "SYMBOLON_PASSWORD_BCRYPT_COST", Integer.toString(cost));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
