import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What does a request cost when there are very many live tokens, compared with few? Both are driven in turn. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Compares the cost of introspection and issue with few and with very many live tokens.")
public final class Growth implements Callable<Integer> {
    private static final double MOST = 1.5;

    @Option(names = "--tokens", split = ",", paramLabel = "N", description = "How many live tokens.")
    private List<Integer> counts = List.of(10_000, 10_000_000);

    @Option(names = "--store", paramLabel = "STORE", description = "h2 or postgresql.")
    private Store store = Store.H2;

    @Option(names = "--jdk", paramLabel = "PATH", description = "Java to measure on.")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--jvm", paramLabel = "OPTION", description = "JVM option for the service.")
    private List<String> jvmOptions = List.of();

    @Option(names = "--connections", paramLabel = "N")
    private int connections = 16;

    @Option(names = "--rounds", paramLabel = "N", description = "Medians are of so many.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "N", description = "How long one measurement takes.")
    private int seconds = 5;

    @Option(names = "--warm-up", paramLabel = "N", description = "Seconds before the first one.")
    private int warmUp = 30;

    /** The service on a database of some size, and what to ask it. */
    private final class Subject implements AutoCloseable {
        private final int count;
        private final Installation installation;
        private final Map<String, List<String>> tokens = new LinkedHashMap<>();
        private final Map<String, List<Wrk.Sample>> samples = new LinkedHashMap<>();
        private final Server server;

        Subject(int count) throws Exception {
            this.count = count;
            installation = Installation.make(
                    new Jvm(jdk, jvmOptions), store, Map.of("SYMBOLON_PASSWORD_BCRYPT_COST", "4"));
            LiveTokens live = LiveTokens.load(installation, count);
            server = installation.serve();
            tokens.put("introspect old", live.old());
            tokens.put("introspect recent", live.recent());
            tokens.put("client_credentials", List.of());
            if (store != Store.POSTGRESQL) {
                System.out.printf("%,d live tokens: %,d MB on the disk%n", count, installation.megabytes());
            }
        }

        private Wrk.Sample run(String what, int duration) throws Exception {
            Workload workload = tokens.get(what).isEmpty() ? Workload.CLIENT_CREDENTIALS : Workload.INTROSPECT;
            return workload.run(new Wrk(installation.directory()), server, tokens.get(what), connections, duration);
        }

        void measure(String what) throws Exception {
            samples.computeIfAbsent(what, any -> new ArrayList<>()).add(run(what, seconds));
        }

        @Override
        public void close() throws Exception {
            server.close();
            installation.close();
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Growth()).registerConverter(Store.class, Store::of).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (Subject few = new Subject(counts.get(0));
                Subject many = new Subject(counts.get(1))) {
            boolean passed = true;
            for (String what : few.tokens.keySet()) {
                few.run(what, warmUp); // issuing comes last: it is not to make the few many
                many.run(what, warmUp);
                for (int round = 0; round < rounds; round++) {
                    few.measure(what);
                    many.measure(what);
                }
                passed &= report(what, few, many);
            }
            return passed ? 0 : 1;
        }
    }

    private static boolean report(String what, Subject few, Subject many) {
        double[] costs = new double[few.samples.get(what).size()];
        double[] cpu = new double[costs.length];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = few.samples.get(what).get(i).rate() / many.samples.get(what).get(i).rate();
            cpu[i] = many.samples.get(what).get(i).cpuMicros() / few.samples.get(what).get(i).cpuMicros();
        }
        double cost = Wrk.median(costs);
        boolean passed = cost <= MOST || !what.startsWith("introspect");
        for (Subject each : List.of(few, many)) {
            Wrk.Sample sample = Wrk.Sample.median(each.samples.get(what));
            System.out.printf(
                    Locale.ROOT, "       %-19s %,12d live tokens: %8.1f/s, p99 %6.2f ms, CPU %6.0f us%n", what, each.count,
                    sample.rate(), sample.p99Millis(), sample.cpuMicros());
        }
        System.out.printf(
                Locale.ROOT, "%-6s %-19s costs %.2f times as much (%.2f in CPU), at most %.1f%n",
                passed ? "pass" : "MISSED", what, cost, Wrk.median(cpu), MOST);
        return passed;
    }
}
