package dev.symbolon.cli.remote;

import dev.symbolon.cli.remote.Frame.Type;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The caller's end: has a command run by the service, if there is one. */
public final class AdminCaller {
    private final Wire wire;
    private final Request request;
    private final Terminal local;
    private final Limits limits;

    private AdminCaller(Wire wire, Request request, Terminal local, Limits limits) {
        this.wire = wire;
        this.request = request;
        this.local = local;
        this.limits = limits;
    }

    /**
     * Runs a command in the service that listens there; its output comes to the local terminal as it is made.
     *
     * @return the exit code; empty when nobody listens, and then nothing was run
     * @throws IOException with one line for people: the place is not private (nothing was sent), the service does not
     *     answer, the connection broke midway, or the local terminal could not give what was asked of it
     */
    public static OptionalInt call(SocketPath where, List<String> arguments, Terminal local) throws IOException {
        return call(where, arguments, local, Limits.DEFAULT);
    }

    static OptionalInt call(SocketPath where, List<String> arguments, Terminal local, Limits limits)
            throws IOException {
        if (Files.notExists(where.socket())) {
            return OptionalInt.empty();
        }
        where.requirePrivate();
        try (Wire wire = Wire.connect(where.socket(), limits.progress())) {
            Optional<Frame> greeting = greeting(wire, limits);
            if (greeting.isEmpty()) {
                return OptionalInt.empty();
            }
            var caller = new AdminCaller(wire, Request.of(arguments, local), local, limits);
            return OptionalInt.of(caller.converse(greeting.get()));
        } catch (SocketException | SocketTimeoutException e) {
            if (e instanceof ConnectException || Files.notExists(where.socket())) { // left behind, or just removed
                return OptionalInt.empty();
            }
            throw new IOException("no answer from the service at " + where.socket() + ": " + e.getMessage(), e);
        }
    }

    /** Empty when the service is stopping. Nothing is sent before it, so that nothing can have been run. */
    private static Optional<Frame> greeting(Wire wire, Limits limits) throws IOException {
        try {
            return Optional.of(wire.receive(limits.progress()));
        } catch (SocketException closed) {
            return Optional.empty();
        }
    }

    private int converse(Frame greeting) throws IOException {
        try {
            Frame frame = greeting;
            while (frame.type() != Type.EXIT) {
                handle(frame);
                frame = wire.receive(limits.command());
            }
            return exitCode(frame);
        } catch (SocketException e) {
            throw new IOException("the service went away before the command ended; it may or may not be done", e);
        }
    }

    private void handle(Frame frame) throws IOException {
        switch (frame.type()) {
            case READY -> wire.send(Type.REQUEST, request.toJson(), limits.progress());
            case OUT -> print(local.out(), frame.text());
            case ERR -> print(local.err(), frame.text());
            case LINE -> answer(local.readLine());
            case PROMPT -> answer(local.prompt(frame.text()));
            case HIDDEN -> answer(local.promptHidden(frame.text()));
            default -> throw new ProtocolException("the service sent " + frame.type());
        }
    }

    /** Goes on when nobody reads any more, {@code | head} for one: the command is the service's to end. */
    private static void print(PrintWriter writer, String text) {
        writer.print(text);
        writer.flush();
    }

    private void answer(Optional<String> line) throws IOException {
        wire.send(line.isPresent() ? Type.ANSWER : Type.END, line.orElse(""), limits.progress());
    }

    private static int exitCode(Frame frame) throws ProtocolException {
        try {
            return Integer.parseInt(frame.text());
        } catch (NumberFormatException e) {
            throw new ProtocolException("the service sent no exit code but " + frame.text());
        }
    }
}
