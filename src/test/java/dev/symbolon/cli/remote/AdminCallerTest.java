package dev.symbolon.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What a command and its caller see of each other. */
@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("try") // that the socket is open is all it is for
@Tag("no-database")
class AdminCallerTest {
    @TempDir
    Path home;

    private SocketPath where;

    @BeforeEach
    void place() throws IOException {
        where = SocketPath.beside(home.resolve("symbolon"));
    }

    static OptionalInt call(SocketPath where, Terminal local, String... arguments) throws IOException {
        return AdminCaller.call(where, List.of(arguments), local);
    }

    /** A command as tests write it: it may throw what a terminal throws. */
    interface Command {
        int run(List<String> arguments, Terminal terminal) throws IOException;
    }

    static CommandRunner runner(Command command) {
        return (arguments, terminal) -> {
            try {
                return command.run(arguments, terminal);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private OptionalInt run(Terminal local, Command command, String... arguments) throws IOException {
        try (var socket = AdminSocket.open(where, runner(command))) {
            return call(where, local, arguments);
        }
    }

    @Test
    void arguments_arrive_and_the_exit_code_and_both_streams_come_back() throws IOException {
        var local = TypedTerminal.piped("");

        var code = run(
                local,
                (arguments, terminal) -> {
                    terminal.out().println(arguments + " in " + terminal.directory() + terminal.interactive());
                    terminal.err().println("no such user: 🦊");
                    return 3;
                },
                "user",
                "show",
                "zoë 🦊",
                "");

        assertEquals(OptionalInt.of(3), code);
        assertEquals("[user, show, zoë 🦊, ] in /the/caller's/directoryfalse\n", local.output());
        assertEquals("no such user: 🦊\n", local.errors());
    }

    @Test
    void long_output_arrives_whole_and_before_the_error_that_follows_it() throws IOException {
        var merged = TypedTerminal.piped("");
        var local = new LocalTerminal(merged.in(), merged.printed(), merged.printed(), null);
        String line = "1234567890123456 ä🦊\n";

        run(local, (arguments, terminal) -> {
            for (int i = 0; i < 50_000; i++) {
                terminal.out().print(line);
            }
            terminal.err().println("the end");
            terminal.out().print(line.repeat(10_000));
            return 0;
        });

        assertTrue((line.repeat(50_000) + "the end\n" + line.repeat(10_000)).equals(merged.output()));
    }

    @Test
    void output_is_shown_when_the_command_flushes_it() throws IOException {
        var flushed = new CompletableFuture<String>();
        var local = new LocalTerminal(
                new ByteArrayInputStream(new byte[0]),
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        flushed.complete("seen");
                    }
                },
                OutputStream.nullOutputStream(),
                null);

        run(local, (arguments, terminal) -> {
            terminal.out().println("half way");
            terminal.out().flush();
            assertEquals("seen", flushed.join());
            return 0;
        });
    }

    @Test
    void standard_input_is_read_a_line_at_a_time_and_only_when_the_command_wants_it() throws IOException {
        var local = TypedTerminal.piped("first\nsecond\n");

        run(local, (arguments, terminal) -> 0);
        assertEquals("first\nsecond\n".length(), local.in().available());

        run(local, (arguments, terminal) -> {
            terminal.out().print(terminal.readLine());
            return 0;
        });
        assertEquals("Optional[first]", local.output());
        assertEquals("second\n".length(), local.in().available());
    }

    @Test
    void the_end_of_standard_input_is_told() throws IOException {
        assertEquals(
                OptionalInt.of(4),
                run(
                        TypedTerminal.piped(""),
                        (arguments, terminal) -> terminal.readLine().isEmpty() ? 4 : 0));
    }

    @Test
    void a_line_over_the_bound_ends_the_call_on_both_sides() throws IOException {
        var failure = new CompletableFuture<Exception>();
        try (var socket = AdminSocket.open(where, (arguments, terminal) -> {
            failure.complete(assertThrows(IOException.class, terminal::readLine));
            return 1;
        })) {
            var local = TypedTerminal.piped("x".repeat(65_537));
            String message =
                    assertThrows(IOException.class, () -> call(where, local)).getMessage();
            assertTrue(message.contains("longer than 65536 bytes"), message);
            assertFalse(failure.join().getMessage().isEmpty());
        }
    }

    @Test
    void prompts_are_answered_on_the_callers_side() throws IOException {
        var local = TypedTerminal.person();

        run(local, (arguments, terminal) -> {
            terminal.out().println(terminal.prompt("Name: ").orElseThrow());
            terminal.out().println(terminal.promptHidden("Password: ").orElseThrow());
            return 0;
        });

        assertEquals("shown(Name: )\nhidden(Password: )\n", local.output());
    }

    @Test
    void nobody_is_asked_where_there_is_no_terminal() throws IOException {
        run(TypedTerminal.piped(""), (arguments, terminal) -> {
            assertThrows(IllegalStateException.class, () -> terminal.promptHidden("Password: "));
            return 0;
        });
    }

    @Test
    void a_command_that_throws_gives_exit_code_1_and_tells_no_more() throws IOException {
        var local = TypedTerminal.piped("");

        var code = run(local, (arguments, terminal) -> {
            throw new IllegalArgumentException("secret");
        });

        assertEquals(OptionalInt.of(1), code);
        assertEquals("internal error\n", local.errors());
    }

    @Test
    void a_closed_standard_output_does_not_stop_the_command() throws IOException {
        var local = new LocalTerminal(
                new ByteArrayInputStream(new byte[0]),
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                OutputStream.nullOutputStream(),
                null);

        assertEquals(OptionalInt.of(5), run(local, (arguments, terminal) -> {
            terminal.out().print("x".repeat(1_000_000));
            return 5;
        }));
    }

    @Test
    void an_overlong_command_line_is_refused_before_it_is_sent() throws IOException {
        var e = assertThrows(
                IOException.class, () -> run(TypedTerminal.piped(""), (arguments, terminal) -> 0, "x".repeat(70_000)));

        assertEquals("longer than 65536 bytes: REQUEST", e.getMessage());
    }

    @Test
    void nobody_listening_is_told_from_a_service_that_breaks_off_or_is_silent() throws Exception {
        assertEquals(OptionalInt.empty(), call(where, TypedTerminal.piped("")));
        where.prepare();
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(where.socket()));

            var silent =
                    new Limits(1, Duration.ZERO, Duration.ofMillis(50), Duration.ZERO, Duration.ZERO, Duration.ZERO);
            String message = assertThrows(
                            IOException.class,
                            () -> AdminCaller.call(where, List.of(), TypedTerminal.piped(""), silent))
                    .getMessage();
            assertTrue(message.startsWith("no answer from the service at "), message);
            server.accept().close();

            var stopping = CompletableFuture.supplyAsync(() -> callUnchecked(where));
            server.accept().close();
            assertEquals(OptionalInt.empty(), stopping.join());

            var midway = CompletableFuture.supplyAsync(
                    () -> assertThrows(UncheckedIOException.class, () -> callUnchecked(where)));
            try (var wire = new Wire(server.accept())) {
                wire.send(Frame.Type.READY, "", Limits.DEFAULT.progress());
                wire.receive(Limits.DEFAULT.request());
            }
            assertTrue(midway.join().getMessage().contains("the service went away"));
        }
        assertEquals(OptionalInt.empty(), call(where, TypedTerminal.piped("")), "a stale socket");
    }

    static OptionalInt callUnchecked(SocketPath where) {
        try {
            return call(where, TypedTerminal.piped(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
