import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Medians over the rounds.
 *
 * @param ratio of the service's rate to the baseline's, round by round
 * @param cpuRatio of the baseline's processor time a request to the service's: the ratio of the rates when a core is what
 *     limits both, and less disturbed by what else runs on it
 * @param megabytes the service's resident memory at the end
 */
record Result(
        String java,
        String store,
        String workload,
        int connections,
        Wrk.Sample service,
        Wrk.Sample baseline,
        double ratio,
        double cpuRatio,
        long megabytes) {
    static final String HEADER = "%-8s %-10s %-19s %5s %9s %8s %8s %7s %6s  %9s %8s %7s  %6s %6s"
            .formatted("java", "store", "workload", "conn", "req/s", "p50 ms", "p99 ms", "CPU us", "RSS MB", "bare r/s",
                    "p99 ms", "CPU us", "ratio", "by CPU");

    static Result of(
            Jvm jvm, Store store, Workload workload, int connections, List<Wrk.Sample> service, List<Wrk.Sample> baseline,
            long megabytes) {
        double[] ratios = IntStream.range(0, service.size())
                .mapToDouble(i -> service.get(i).rate() / baseline.get(i).rate())
                .toArray();
        double[] cpuRatios = IntStream.range(0, service.size())
                .mapToDouble(i -> baseline.get(i).cpuMicros() / service.get(i).cpuMicros())
                .toArray();
        return new Result(
                jvm.version(),
                store.toString(),
                workload.toString(),
                connections,
                Wrk.Sample.median(service),
                Wrk.Sample.median(baseline),
                Wrk.median(ratios),
                Wrk.median(cpuRatios),
                megabytes);
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-8s %-10s %-19s %5d %9.1f %8.2f %8.2f %7.0f %6d  %9.1f %8.2f %7.0f  %6.3f %6.3f",
                java, store, workload, connections, service.rate(), service.p50Millis(), service.p99Millis(),
                service.cpuMicros(), megabytes, baseline.rate(), baseline.p99Millis(), baseline.cpuMicros(), ratio, cpuRatio);
    }
}
