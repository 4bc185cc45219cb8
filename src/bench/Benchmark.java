import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many requests a second, and how long do they take? Each figure stands beside that of a bare handler (for passwords:
 * of bcrypt alone) on the same JVM, driven in turn with the service, so that what else the machine does falls on both.
 */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Throughput and latency of target/service.jar beside a bare handler of the same Javalin.")
public final class Benchmark implements Callable<Integer> {
    @Option(names = "--jdk", paramLabel = "PATH", description = "Java to measure on, again for another; none: this one.")
    private List<Path> jdks = List.of(Path.of(System.getProperty("java.home")));

    @Option(names = "--jvm", paramLabel = "OPTION", description = "JVM option for the service and the bare handler.")
    private List<String> jvmOptions = List.of();

    @Option(names = "--store", split = ",", paramLabel = "STORE", description = "h2, fsync, postgresql.")
    private List<Store> stores = List.of(Store.H2);

    @Option(names = "--only", split = ",", paramLabel = "WORKLOAD", description = "One of ${COMPLETION-CANDIDATES}.")
    private List<Workload> workloads = List.of(Workload.values());

    @Option(names = "--connections", split = ",", paramLabel = "N")
    private List<Integer> connections = List.of(1, 16, 64);

    @Option(names = "--rounds", paramLabel = "N", description = "Medians are of so many (default: 5, quick: 3).")
    private Integer rounds;

    @Option(names = "--seconds", paramLabel = "N", description = "How long one measurement takes (default: 5, quick: 2).")
    private Integer seconds;

    @Option(names = "--warm-up", paramLabel = "N", description = "Seconds before the first one (default: 60, quick: 15).")
    private Integer warmUp;

    @Option(names = "--quick", description = "To see roughly where one is.")
    private boolean quick;

    @Option(names = "--output", paramLabel = "FILE", description = "Where the results go, as JSON.")
    private Path output = Path.of("target/benchmark.json");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmark())
                .registerConverter(Store.class, Store::of)
                .registerConverter(Workload.class, Workload::of)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    System.err.println("benchmark: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        rounds = Objects.requireNonNullElse(rounds, quick ? 3 : 5);
        seconds = Objects.requireNonNullElse(seconds, quick ? 2 : 5);
        warmUp = Objects.requireNonNullElse(warmUp, quick ? 15 : 60);
        List<Result> results = new ArrayList<>();
        boolean complete = true;
        System.out.println(Result.HEADER);
        for (Path jdk : jdks) {
            complete &= measure(new Jvm(jdk, jvmOptions), results);
        }
        Target.print(results);
        return complete ? 0 : 1;
    }

    /** @return false if not every request was answered as it should be; the other workloads are measured all the same */
    private boolean measure(Jvm jvm, List<Result> results) throws IOException, InterruptedException {
        boolean complete = true;
        Path directory = Files.createTempDirectory("symbolon-bare");
        try (Server bare = Server.start(directory, Map.of(), jvm.program(Bare.class))) {
            var baseline = new Baseline(bare, new Wrk(directory));
            baseline.handler(64, warmUp);
            for (Store store : stores) {
                for (Workload workload : workloads) {
                    try {
                        results.addAll(measure(jvm, store, workload, baseline));
                    } catch (IOException e) {
                        System.err.println("benchmark: " + workload + " on " + store + ": " + e.getMessage());
                        complete = false;
                    }
                    Report.save(output, results);
                }
            }
        } finally {
            Installation.delete(directory);
        }
        return complete;
    }

    /** On a database of its own, so that it does not matter what was measured before. */
    private List<Result> measure(Jvm jvm, Store store, Workload workload, Baseline baseline)
            throws IOException, InterruptedException {
        try (Installation installation = Installation.make(jvm, store, settings(workload));
                Server server = installation.serve()) {
            var wrk = new Wrk(installation.directory());
            List<String> tokens = workload.prepare(wrk, server, 16, warmUp);
            workload.run(wrk, server, tokens, 16, warmUp);
            Map<Integer, List<Wrk.Sample>> ours = new LinkedHashMap<>();
            Map<Integer, List<Wrk.Sample>> others = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (int each : connections) {
                    if (!workload.reuses()) {
                        tokens = workload.prepare(wrk, server, each, seconds);
                    }
                    server.settle(); // what it had in flight would run beside the other
                    others.computeIfAbsent(each, any -> new ArrayList<>()).add(baseline.measure(workload, each, seconds));
                    ours.computeIfAbsent(each, any -> new ArrayList<>())
                            .add(workload.run(wrk, server, tokens, each, seconds));
                }
            }
            List<Result> results = new ArrayList<>();
            for (int each : connections) {
                results.add(Result.of(jvm, store, workload, each, ours.get(each), others.get(each), server.megabytes()));
                System.out.println(results.get(results.size() - 1).line());
            }
            return results;
        }
    }

    /** Only the logins that are measured have to be dear; those that lead to tokens for the others are not. */
    private static Map<String, String> settings(Workload workload) {
        return workload == Workload.PASSWORD ? Map.of() : Map.of("SYMBOLON_PASSWORD_BCRYPT_COST", "4");
    }
}
