package dev.symbolon.cli.remote;

import static dev.symbolon.cli.remote.Frame.Type.ANSWER;
import static dev.symbolon.cli.remote.Frame.Type.LINE;
import static dev.symbolon.cli.remote.Frame.Type.READY;
import static dev.symbolon.cli.remote.Frame.Type.REQUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers who misbehave can do to the service and to each other, which is nothing. */
@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("try") // that the socket is open is all it is for
@Tag("no-database")
class AdminSocketTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final CommandRunner SEVEN = (arguments, terminal) -> 7;

    @TempDir
    Path home;

    private final Executor threads = command -> new Thread(command).start();
    private SocketPath where;

    @BeforeEach
    void place() throws IOException {
        where = SocketPath.beside(home.resolve("symbolon"));
    }

    private static Limits limits(Duration request, Duration progress, Duration answer) {
        return new Limits(64, request, progress, answer, LONG, SHORT);
    }

    private void assertServed() throws IOException {
        assertEquals(OptionalInt.of(7), AdminCallerTest.call(where, TypedTerminal.piped("")));
    }

    private Wire connect() throws IOException {
        Wire wire = Wire.connect(where.socket(), LONG);
        assertEquals(READY, wire.receive(LONG).type());
        return wire;
    }

    private Wire connectAndRequest() throws IOException {
        Wire wire = connect();
        wire.send(REQUEST, Request.of(List.of(), TypedTerminal.person()).toJson(), LONG);
        return wire;
    }

    private static void assertDropped(Wire wire) {
        assertThrows(SocketException.class, () -> wire.receive(LONG));
        wire.close();
    }

    @Test
    void a_caller_that_sends_nothing_is_dropped_and_others_are_served() throws IOException {
        try (var socket = AdminSocket.open(where, SEVEN, limits(SHORT, LONG, LONG))) {
            Wire silent = connect();
            assertServed();
            assertDropped(silent);
        }
    }

    @Test
    void beyond_64_callers_one_is_told_to_come_again_until_there_is_room() throws IOException {
        try (var socket = AdminSocket.open(where, SEVEN, limits(LONG, LONG, LONG))) {
            var silent = new ArrayList<Wire>();
            for (int i = 0; i < 64; i++) {
                silent.add(connect());
            }
            for (int i = 64; i < 70; i++) {
                var local = TypedTerminal.piped("");
                assertEquals(OptionalInt.of(1), AdminCallerTest.call(where, local));
                assertEquals("the service is busy with other administration commands; try again\n", local.errors());
            }
            for (Wire wire : silent) {
                wire.send(ANSWER, "to nothing", LONG);
                assertDropped(wire);
            }
            assertServed();
        }
    }

    @Test
    void a_caller_that_does_not_read_is_dropped_and_its_command_runs_to_its_end() throws IOException {
        var ended = new CompletableFuture<Boolean>();
        CommandRunner talker = (arguments, terminal) -> {
            terminal.out().print("x".repeat(10_000_000));
            return ended.complete(true) ? 0 : 1;
        };
        try (var socket = AdminSocket.open(where, talker, limits(LONG, SHORT, LONG));
                Wire deaf = connectAndRequest()) {
            assertTrue(ended.join());
            assertThrows(SocketException.class, () -> {
                while (true) { // the command may end before its connection
                    deaf.send(ANSWER, "", LONG);
                }
            });
        }
    }

    @Test
    void a_caller_that_leaves_does_not_end_its_command() throws IOException {
        var left = new CompletableFuture<Boolean>();
        var ended = new CompletableFuture<Boolean>();
        CommandRunner slow = (arguments, terminal) -> {
            left.join();
            terminal.out().print("x".repeat(1_000_000));
            return ended.complete(true) ? 0 : 1;
        };
        try (var socket = AdminSocket.open(where, slow)) {
            connectAndRequest().close();
            left.complete(true);
            assertTrue(ended.join());
        }
    }

    @Test
    void a_caller_that_does_not_answer_is_dropped() throws IOException {
        CommandRunner asking = AdminCallerTest.runner(
                (arguments, terminal) -> terminal.readLine().isEmpty() ? 0 : 1);
        try (var socket = AdminSocket.open(where, asking, limits(LONG, LONG, SHORT));
                Wire mute = connectAndRequest()) {
            assertEquals(LINE, mute.receive(LONG).type());
            assertDropped(mute);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 00000003 6e756c", // garbage for JSON
                "01 00000004 6e756c6c", // null for a request
                "01 00000002 7b7d", // a request without arguments
                "01 00010001", // too long
                "01 80000000", // a negative length
                "63 00000000", // an unknown type
                "ff 00000000",
                "07 00000000", // a type out of turn
            })
    void a_broken_frame_ends_its_connection_only(String frame) throws IOException {
        try (var socket = AdminSocket.open(where, SEVEN);
                var channel = SocketChannel.open(UnixDomainSocketAddress.of(where.socket()));
                Wire other = connect()) {
            assertEquals(READY, Frame.read(channel).type());
            channel.write(ByteBuffer.wrap(HexFormat.of().parseHex(frame.replace(" ", ""))));
            assertThrows(IOException.class, () -> Frame.read(channel));
            other.send(REQUEST, Request.of(List.of(), TypedTerminal.person()).toJson(), LONG);
            assertEquals("7", other.receive(LONG).text());
        }
    }

    @Test
    void a_truncated_frame_ends_its_connection() throws IOException {
        try (var socket = AdminSocket.open(where, SEVEN);
                var channel = SocketChannel.open(UnixDomainSocketAddress.of(where.socket()))) {
            assertEquals(READY, Frame.read(channel).type());
            channel.write(ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 9, '{'}));
            channel.shutdownOutput();
            assertThrows(EOFException.class, () -> Frame.read(channel));
        }
    }

    @Test
    void a_caller_of_another_version_is_told_so() throws IOException {
        try (var socket = AdminSocket.open(where, SEVEN);
                Wire wire = connect()) {
            String newer = "{\"version\":99,\"arguments\":[],\"directory\":\"/\",\"novelty\":1}";
            wire.send(REQUEST, newer, LONG);
            assertTrue(wire.receive(LONG).text().contains("another version"));
            assertEquals("1", wire.receive(LONG).text());
        }
    }

    @Test
    void a_stale_socket_is_replaced() throws IOException {
        where.prepare();
        var crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        crashed.bind(UnixDomainSocketAddress.of(where.socket())).close();

        try (var socket = AdminSocket.open(where, SEVEN)) {
            assertServed();
        }
    }

    @Test
    void closing_leaves_alone_the_socket_of_a_successor() throws IOException {
        var first = AdminSocket.open(where, SEVEN);
        try (var second = AdminSocket.open(where, SEVEN)) {
            first.close();
            assertServed();
        }
    }

    @Test
    void closing_lets_a_running_command_end() throws IOException {
        var closing = new CompletableFuture<Void>();
        var socket = new CompletableFuture<AdminSocket>();
        CommandRunner last = (arguments, terminal) -> {
            closing.completeAsync(() -> {
                socket.join().close();
                return null;
            });
            while (Files.exists(where.socket())) { // the first that a close does
                Thread.onSpinWait();
            }
            return 7;
        };
        socket.complete(AdminSocket.open(where, last, limits(LONG, LONG, LONG)));

        assertServed();
        closing.join();
        assertEquals(OptionalInt.empty(), AdminCallerTest.call(where, TypedTerminal.piped("")));
    }

    @Test
    void closing_cuts_off_a_command_that_waits_for_ever() throws IOException {
        CommandRunner asking = AdminCallerTest.runner(
                (arguments, terminal) -> terminal.readLine().isEmpty() ? 0 : 1);
        var socket = AdminSocket.open(where, asking, limits(LONG, LONG, LONG));
        try (Wire wire = connectAndRequest()) {
            assertEquals(LINE, wire.receive(LONG).type());
            socket.close();
            assertDropped(wire);
        }
    }

    @Test
    void callers_racing_with_a_closing_service_are_served_or_find_nobody() throws IOException {
        for (int round = 0; round < 20; round++) {
            var socket = AdminSocket.open(where, SEVEN);
            var calls = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> AdminCallerTest.callUnchecked(where), threads))
                    .toList();
            calls.get(round % 8).join();
            socket.close();
            for (var call : calls) {
                assertTrue(List.of(OptionalInt.of(7), OptionalInt.empty()).contains(call.join()));
            }
        }
    }
}
