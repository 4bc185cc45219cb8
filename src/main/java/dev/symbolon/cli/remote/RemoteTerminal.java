package dev.symbolon.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.symbolon.cli.remote.Frame.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.util.Optional;

/** A caller's terminal, as the command sees it in the service. Output to a caller who left is dropped by the writers. */
final class RemoteTerminal implements Terminal {
    private final Wire wire;
    private final Request request;
    private final Limits limits;
    private final PrintWriter out = new PrintWriter(new Chunks(Type.OUT), false, UTF_8);
    private final PrintWriter err = new PrintWriter(new Chunks(Type.ERR), true, UTF_8);

    RemoteTerminal(Wire wire, Request request, Limits limits) {
        this.wire = wire;
        this.request = request;
        this.limits = limits;
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    void flush() {
        out.flush();
        err.flush();
    }

    @Override
    public boolean interactive() {
        return request.interactive();
    }

    @Override
    public Optional<String> readLine() throws IOException {
        return ask(Type.LINE, "");
    }

    @Override
    public Optional<String> prompt(String prompt) throws IOException {
        requireInteractive();
        return ask(Type.PROMPT, prompt);
    }

    @Override
    public Optional<String> promptHidden(String prompt) throws IOException {
        requireInteractive();
        return ask(Type.HIDDEN, prompt);
    }

    private void requireInteractive() {
        if (!interactive()) {
            throw new IllegalStateException("no terminal to ask on");
        }
    }

    private Optional<String> ask(Type question, String text) throws IOException {
        flush();
        wire.send(question, text, limits.progress());
        Frame frame = wire.receive(limits.answer());
        return switch (frame.type()) {
            case ANSWER -> Optional.of(frame.text());
            case END -> Optional.empty();
            default -> throw new ProtocolException("no answer but " + frame.type());
        };
    }

    @Override
    public Path directory() {
        return Path.of(request.directory());
    }

    /** Takes what the encoder of a writer hands on: at most 8 KiB, and always whole characters. */
    private final class Chunks extends OutputStream {
        private final Type type;

        Chunks(Type type) {
            this.type = type;
        }

        @Override
        public void write(int ascii) throws IOException {
            write(new byte[] {(byte) ascii}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (type == Type.ERR) {
                out.flush(); // an error comes after the output that led to it
            }
            wire.send(type, new String(bytes, offset, length, UTF_8), limits.progress());
        }
    }
}
