import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process that serves, and what Linux knows about it. */
final class Server implements AutoCloseable {
    /** Of whatever drives the server, and of a database server. */
    static final int LOAD_CORE = 0;

    private static final int SERVER_CORE = 1;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long MICROS_A_TICK = 10_000; // USER_HZ is 100 wherever Linux is
    private static final int IDLE_MILLIS = 200;
    private static final Pattern READY = Pattern.compile("ready at .*listening on port (\\d+)");

    private static final Pattern WARNING = Pattern.compile("\\b(WARN|ERROR)\\b");

    private final Process process;
    private final Path log;
    private final int port;

    private Server(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Returns when it is ready. */
    static Server start(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Files.deleteIfExists(log);
        Process process = builder(directory, environment, pinned(SERVER_CORE, command))
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (process.isAlive() && System.nanoTime() < deadline) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return new Server(process, log, Integer.parseInt(ready.group(1)));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        process.destroyForcibly().waitFor();
        throw new IOException("not ready: " + String.join(" ", command) + "\n" + Files.readString(log));
    }

    /** Runs a command to its end, and returns what it printed. */
    static String run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Process process = builder(directory, environment, command).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    /** Nothing of this process's own settings reaches the service, and every port is free. */
    private static ProcessBuilder builder(Path directory, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SYMBOLON_"));
        builder.environment().put("SYMBOLON_HTTP_PORT", "0");
        builder.environment().put("SYMBOLON_MANAGEMENT_PORT", "0");
        builder.environment().putAll(environment);
        return builder;
    }

    /** On a core of its own, where there are two. */
    static List<String> pinned(int core, List<String> command) {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("taskset", "--cpu-list", Integer.toString(core)));
        all.addAll(command);
        return all;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What it has logged that an operator should look at. */
    List<String> warnings() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> WARNING.matcher(line).find()).toList();
        }
    }

    /** Processor time spent so far. */
    long cpuMicros() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // the name before may have spaces
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_A_TICK;
    }

    /** Waits until it has done what was asked of it by connections that are gone, and has compiled what it was about to. */
    void settle() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long before;
        do {
            before = cpuMicros();
            TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
        } while (cpuMicros() - before > 2 * MICROS_A_TICK && System.nanoTime() < deadline);
    }

    /** Resident memory. */
    long megabytes() throws IOException {
        return Long.parseLong(Files.readString(proc("status")).replaceAll("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1")) / 1024;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
