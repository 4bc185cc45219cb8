package dev.symbolon.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own: the jar if the build has made it, else the classes under test. */
public final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final Stream out;
    private final Stream err;

    /** Collects the lines of one stream. */
    private static final class Stream extends Thread {
        private final InputStream in;
        private final List<String> lines = new ArrayList<>();
        private boolean ended;

        Stream(InputStream in) {
            this.in = in;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                add("unreadable: " + e.getMessage());
            } finally {
                end();
            }
        }

        private synchronized void add(String line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized String await(String part) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                for (String line : lines) {
                    if (line.contains(part)) {
                        return line;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("no line with '" + part + "' but " + lines);
                }
                wait(left);
            }
        }

        synchronized String text() throws InterruptedException {
            while (!ended) {
                wait(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            }
            return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        }
    }

    private Program(Process process) {
        this.process = process;
        this.out = new Stream(process.getInputStream());
        this.err = new Stream(process.getErrorStream());
    }

    /**
     * @param directory to run in; its {@code tmp} is where temporary files go
     * @param environment on top of this process's
     */
    public static Program start(Path directory, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(java(directory));
        command.addAll(List.of(arguments));
        return exec(directory, environment, command);
    }

    public static Program start(Path directory, String... arguments) {
        return start(directory, Map.of(), arguments);
    }

    /** Runs a command to its end. */
    public static Result run(Path directory, String... arguments) {
        try (Program program = start(directory, arguments)) {
            return program.result();
        }
    }

    /** The service on {@code data/symbolon} in the directory and on free ports, once it is ready. */
    public static Program serve(Path directory, String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "--set", "http.port=0", "--set", "management.port=0"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        Program program = start(directory, arguments.toArray(String[]::new));
        program.awaitOut("ready");
        return program;
    }

    static Program exec(Path directory, Map<String, String> environment, List<String> command) {
        try {
            directory.resolve("tmp").toFile().mkdirs();
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("SYMBOLON_"));
            builder.environment().put("SYMBOLON_PASSWORD_BCRYPT_COST", "4");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new Program(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> java(Path directory) {
        String jar = System.getProperty("service.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory.resolve("tmp")));
        command.addAll(
                jar != null
                        ? List.of("-jar", jar)
                        : List.of("-cp", System.getProperty("java.class.path"), "dev.symbolon.Main"));
        return command;
    }

    /** What a process left behind. */
    public record Result(int exitCode, String out, String err) {}

    /** Waits for the end. */
    public Result result() {
        try {
            return new Result(exitCode(), out.text(), err.text());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a line on standard output. */
    public String awaitOut(String part) {
        try {
            return out.await(part);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", errors: " + err.lines, e);
        }
    }

    /** The port that the ready line tells. */
    int port() {
        Matcher url = Pattern.compile("http://[^:]+:(\\d+)").matcher(awaitOut("ready"));
        if (!url.find()) {
            throw new AssertionError("no URL in the ready line");
        }
        return Integer.parseInt(url.group(1));
    }

    long pid() {
        return process.pid();
    }

    /** SIGTERM; {@link Process#destroy} would also close the streams, and what it says at its end would be lost. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Stops it in its tracks, to be killed at the end: the system goes on to take connections for it. */
    void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(pid())).start().waitFor();
    }

    /** SIGKILL, and waits until it is dead. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
