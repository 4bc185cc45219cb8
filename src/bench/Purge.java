import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What do very many tokens that live two seconds leave behind, and does anybody wait while they are cleared away? */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Size of the database (H2) and the longest wait, while tokens of a short life come and go.")
public final class Purge implements Callable<Integer> {
    private static final int SECONDS = 10;
    private static final long MOST_MEGABYTES = 100;
    private static final double MOST_MILLIS = 200;

    @Option(names = "--tokens", paramLabel = "N", description = "How many, with a life of 2 s each.")
    private int count = 1_000_000;

    @Option(names = "--connections", paramLabel = "N", description = "That ask for tokens at once.")
    private int connections = 16;

    @Option(names = "--interval", paramLabel = "DURATION", description = "Between two purges.")
    private String interval = "10s";

    @Option(names = "--jdk", paramLabel = "PATH", description = "Java to measure on.")
    private Path jdk = Path.of(System.getProperty("java.home"));

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Purge()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        double still = issue("1d", SECONDS * 10_000, "no purge");
        double purging = issue(interval, count, "a purge each " + interval);
        System.out.printf("the longest wait is %.2f times that without a purge%n", purging / still);
        return passed ? 0 : 1;
    }

    private boolean passed = true;

    /** @return the longest wait in milliseconds, after a warm-up */
    private double issue(String purgeInterval, int tokens, String what) throws Exception {
        var settings = Map.of("SYMBOLON_TOKEN_ACCESS_TTL", "2s", "SYMBOLON_TOKEN_PURGE_INTERVAL", purgeInterval);
        boolean purges = !purgeInterval.equals("1d");
        try (Installation installation = Installation.make(new Jvm(jdk, List.of()), Store.H2, settings);
                Server server = installation.serve()) {
            var wrk = new Wrk(installation.directory());
            Workload.CLIENT_CREDENTIALS.run(wrk, server, List.of(), connections, SECONDS);
            double issued = 0;
            double longest = 0;
            long most = 0;
            while (issued < tokens) {
                Wrk.Sample sample = Workload.CLIENT_CREDENTIALS.run(wrk, server, List.of(), connections, SECONDS);
                issued += SECONDS * sample.rate();
                longest = Math.max(longest, sample.maxMillis());
                most = Math.max(most, installation.megabytes());
            }
            boolean good = !purges || longest <= MOST_MILLIS && most <= MOST_MEGABYTES;
            passed &= good;
            System.out.printf(
                    "%s: %,.0f tokens, longest wait %.0f ms (at most %.0f), at most %d MB on the disk (%d)%n",
                    what, issued, longest, MOST_MILLIS, most, MOST_MEGABYTES);
            TimeUnit.SECONDS.sleep(purges ? 15 : 0);
            System.out.printf("%s: %d MB once idle %s%n", what, installation.megabytes(), good ? "" : "MISSED");
            return longest;
        }
    }
}
