import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a result should be at least or at most. The targets are meant for the newest Java.
 *
 * @param sign {@code >=} or {@code <=}
 * @param aim what would be better still; null if there is none
 */
record Target(
        Store store,
        Workload workload,
        int connections,
        String what,
        ToDoubleFunction<Result> measure,
        String sign,
        double bound,
        Double aim) {
    private static final List<Target> ALL = List.of(
            ratio(Store.H2, Workload.INTROSPECT, 16, 0.45, 0.65),
            ratio(Store.H2, Workload.CLIENT_CREDENTIALS, 64, 0.22, 0.40),
            ratio(Store.FSYNC, Workload.CLIENT_CREDENTIALS, 64, 0.12, null),
            ratio(Store.H2, Workload.REFRESH_TOKEN, 64, 0.15, null),
            ratio(Store.POSTGRESQL, Workload.INTROSPECT, 16, 0.20, null),
            ratio(Store.POSTGRESQL, Workload.CLIENT_CREDENTIALS, 64, 0.10, null),
            ratio(Store.H2, Workload.PASSWORD, 16, 0.95, null),
            p99(Workload.INTROSPECT),
            p99(Workload.CLIENT_CREDENTIALS),
            p99Ratio(Workload.INTROSPECT),
            p99Ratio(Workload.CLIENT_CREDENTIALS));

    private static Target ratio(Store store, Workload workload, int connections, double least, Double aim) {
        String what = workload == Workload.PASSWORD ? "rate / bcrypt alone" : "rate / bare handler";
        return new Target(store, workload, connections, what, Result::ratio, ">=", least, aim);
    }

    private static Target p99(Workload workload) {
        return new Target(Store.H2, workload, 16, "p99 ms", result -> result.service().p99Millis(), "<=", 10, null);
    }

    private static Target p99Ratio(Workload workload) {
        return new Target(
                Store.H2,
                workload,
                16,
                "p99 / bare handler's",
                result -> result.service().p99Millis() / result.baseline().p99Millis(),
                "<=",
                5,
                null);
    }

    /** Those that were measured. */
    static void print(List<Result> results) {
        System.out.println();
        for (Target target : ALL) {
            results.stream().filter(target::isAbout).map(target::line).forEach(System.out::println);
        }
    }

    private boolean isAbout(Result result) {
        return result.store().equals(store.toString())
                && result.workload().equals(workload.toString())
                && result.connections() == connections;
    }

    private String line(Result result) {
        double measured = measure.applyAsDouble(result);
        boolean passed = sign.equals(">=") ? measured >= bound : measured <= bound;
        return String.format(
                Locale.ROOT,
                "%-6s %-10s %-19s %2d connections: %-20s %6.3f  %s %.2f%s  (Java %s)",
                passed ? "pass" : "MISSED", store, workload, connections, what, measured, sign, bound,
                aim == null ? "" : String.format(Locale.ROOT, " (aim %.2f)", aim), result.java());
    }
}
