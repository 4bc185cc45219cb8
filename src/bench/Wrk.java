import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Drives a server with wrk, from one thread on the load's core.
 *
 * @param directory where the script and its tokens are
 */
record Wrk(Path directory) {
    /** Requests in a second, and how long they took. */
    record Sample(double rate, double p50Millis, double p99Millis, double maxMillis, double cpuMicros) {
        static Sample median(List<Sample> samples) {
            return new Sample(
                    median(samples, Sample::rate),
                    median(samples, Sample::p50Millis),
                    median(samples, Sample::p99Millis),
                    median(samples, Sample::maxMillis),
                    median(samples, Sample::cpuMicros));
        }

        private static double median(List<Sample> samples, ToDoubleFunction<Sample> field) {
            return Wrk.median(samples.stream().mapToDouble(field).toArray());
        }
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Passwords wait for bcrypt: longer than wrk's own two seconds. */
    private static final String TIMEOUT = "30s";

    private static final String HEAD = """
            wrk.method = "POST"
            wrk.headers["Authorization"] = "%s"
            wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"

            function done(summary, latency)
                local errors = summary.errors
                print("RESULT", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
                    latency.max, errors.status, errors.connect + errors.read + errors.write + errors.timeout)
            end

            """;

    /**
     * @param tokens what the script reads from the file {@code tokens}
     * @throws IOException if a single request was not answered with success
     */
    Sample run(Server server, String path, String script, List<String> tokens, int connections, int seconds)
            throws IOException, InterruptedException {
        Files.writeString(directory.resolve("script.lua"), HEAD.formatted(Caller.basic("bench", "bench")) + script);
        Files.write(directory.resolve("tokens"), tokens);
        server.settle();
        long cpu = server.cpuMicros();
        String output = Server.run(
                directory,
                Map.of(),
                Server.pinned(
                        Server.LOAD_CORE,
                        List.of("wrk", "--threads", "1", "--connections", Integer.toString(connections), "--duration",
                                seconds + "s", "--timeout", TIMEOUT, "--script", "script.lua", server.url() + path)));
        double[] result = output.lines()
                .filter(line -> line.startsWith("RESULT"))
                .flatMap(line -> Arrays.stream(line.split("\t")).skip(1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        if (result.length != 7 || result[0] == 0 || result[5] + result[6] > 0) {
            throw new IOException(path + " did not always succeed:\n" + output);
        }
        return new Sample(
                result[0] * 1e6 / result[1], result[2] / 1e3, result[3] / 1e3, result[4] / 1e3, (server.cpuMicros() - cpu) / result[0]);
    }
}
