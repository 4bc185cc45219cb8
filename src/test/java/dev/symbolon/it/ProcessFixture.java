package dev.symbolon.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Main;
import dev.symbolon.cli.Cli;
import dev.symbolon.cli.remote.LocalTerminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Starts processes, and ends whatever a test leaves running. */
abstract class ProcessFixture {
    @TempDir
    Path directory;

    private final List<Program> programs = new ArrayList<>();

    @AfterEach
    void endAll() {
        programs.forEach(Program::close);
    }

    final Program keep(Program program) {
        programs.add(program);
        return program;
    }

    final Program serve(String... settings) {
        return keep(Program.serve(directory, settings));
    }

    final Path data(String name) {
        return directory.resolve("data").resolve(name);
    }

    /** Runs a command in this process, handed over to the service if one runs; it has to succeed. */
    final String command(String line) {
        Program.Result result = attempt(line);
        assertEquals(0, result.exitCode(), () -> line + ": " + result);
        return result.out();
    }

    final Program.Result attempt(String line) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of("--set", "password.bcrypt-cost=4"));
        arguments.addAll(List.of("--set", "database.url=jdbc:h2:file:" + data("symbolon")));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = LocalTerminal.ofStreams(InputStream.nullInputStream(), out, err);
        int exitCode = new Cli(Main::start, Clock.systemUTC()).run(arguments, terminal);
        return new Program.Result(exitCode, out.toString(), err.toString());
    }

    /** The tutorial's data, as far as these tests need it. */
    final void seed() {
        command("client create --id 1_aaa --secret bbb --name Tutorial --scope read,write"
                + " --grant client_credentials,password,refresh_token");
        command("user create alice --password alice-password");
        command("user create bob --password bob-password");
        command("link add alice 1_aaa");
    }

    /** Nothing on standard output, and one line on standard error that holds these words. */
    static void assertFailed(String words, Program.Result result) {
        assertAll(
                () -> assertEquals(1, result.exitCode(), result::toString),
                () -> assertEquals("", result.out()),
                () -> assertEquals(1, result.err().lines().count(), result.err()),
                () -> assertTrue(result.err().contains(words), result.err()),
                () -> assertTrue(!result.err().contains("dev.symbolon"), result.err()));
    }
}
