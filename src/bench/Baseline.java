import java.io.IOException;
import java.util.List;

/** What a workload is held against, on the {@link Bare} server. */
record Baseline(Server bare, Wrk wrk) {
    Wrk.Sample measure(Workload workload, int connections, int seconds) throws IOException, InterruptedException {
        return workload == Workload.PASSWORD ? bcrypt(seconds) : handler(connections, seconds);
    }

    /** A request like that for a token of a client's own, answered by a handler that does nothing. */
    Wrk.Sample handler(int connections, int seconds) throws IOException, InterruptedException {
        return wrk.run(bare, "/", "wrk.body = \"grant_type=client_credentials\"\n", List.of(), connections, seconds);
    }

    private Wrk.Sample bcrypt(int seconds) throws IOException, InterruptedException {
        bare.settle();
        long cpu = bare.cpuMicros();
        String answer = new Caller(bare.url(), "bench", "bench").post("/bcrypt?millis=" + 1000 * seconds);
        double rate = Double.parseDouble(answer);
        return new Wrk.Sample(rate, 1000 / rate, 1000 / rate, 1000 / rate, (bare.cpuMicros() - cpu) / (rate * seconds));
    }
}
