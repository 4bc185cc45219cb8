import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much memory and disk does the service take with very many live tokens, which it has issued itself? */
@Command(
        name = "footprint",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Memory and disk (H2) with very many live access tokens.")
public final class Footprint implements Callable<Integer> {
    private static final int CONNECTIONS = 16;
    private static final int SECONDS = 10;
    private static final long MOST_MEGABYTES = 200;

    @Option(names = "--tokens", paramLabel = "N", description = "How many live tokens.")
    private int count = 1_000_000;

    @Option(names = "--direct", description = "Write them into the stopped database instead: quicker, and less true.")
    private boolean direct;

    @Option(names = "--jdk", paramLabel = "PATH", description = "Java to measure on.")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--jvm", paramLabel = "OPTION", description = "JVM option for the service.")
    private List<String> jvmOptions = List.of("-Xmx128m");

    private boolean passed = true;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Footprint()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var settings = Map.of("SYMBOLON_TOKEN_ACCESS_TTL", "1d"); // none expires meanwhile
        try (Installation installation = Installation.make(new Jvm(jdk, jvmOptions), Store.H2, settings)) {
            var wrk = new Wrk(installation.directory());
            if (direct) {
                LiveTokens.load(installation, count);
            } else {
                try (Server server = installation.serve()) {
                    issue(wrk, server);
                    tell("right after that", installation, server);
                    installation.settle();
                    tell("once idle", installation, server);
                }
            }
            System.out.printf("stopped: %d MB on the disk%n", installation.megabytes());
            try (Server server = installation.serve()) {
                tell("started again", installation, server);
                List<String> tokens = Workload.INTROSPECT.prepare(wrk, server, CONNECTIONS, SECONDS);
                Workload.INTROSPECT.run(wrk, server, tokens, CONNECTIONS, 3 * SECONDS);
                tell("after introspections", installation, server);
                Workload.CLIENT_CREDENTIALS.run(wrk, server, List.of(), CONNECTIONS, 3 * SECONDS);
                tell("after some more tokens", installation, server);
            }
        }
        return passed ? 0 : 1;
    }

    private void issue(Wrk wrk, Server server) throws Exception {
        long begun = System.nanoTime();
        double issued = 0;
        while (issued < count) {
            issued += SECONDS * Workload.CLIENT_CREDENTIALS.run(wrk, server, List.of(), CONNECTIONS, SECONDS).rate();
        }
        System.out.printf("%,.0f tokens issued in %d s%n", issued, (System.nanoTime() - begun) / 1_000_000_000);
    }

    private void tell(String when, Installation installation, Server server) throws Exception {
        long memory = server.megabytes();
        long disk = installation.megabytes();
        passed &= memory <= MOST_MEGABYTES && disk <= MOST_MEGABYTES;
        System.out.printf(
                "%s: %d MB of memory (%s), %d MB on the disk (%s), at most %d each%n",
                when, memory, verdict(memory), disk, verdict(disk), MOST_MEGABYTES);
    }

    private static String verdict(long megabytes) {
        return megabytes <= MOST_MEGABYTES ? "pass" : "MISSED";
    }
}
