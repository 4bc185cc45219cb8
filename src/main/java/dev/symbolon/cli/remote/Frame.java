package dev.symbolon.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** One message: a byte for the type, four for the length of the text in bytes (big endian), the text in UTF-8. */
record Frame(Type type, String text) {
    static final int MAX_BYTES = Terminal.MAX_LINE_BYTES;
    private static final int HEADER_BYTES = 5;

    /** The position of a constant is its byte on the wire; a change to them is a new {@link Request#VERSION}. */
    enum Type {
        /** Service: greets, and waits for the request. */
        READY,
        /** Caller: a {@link Request}. */
        REQUEST,
        /** Service: whole characters for standard output. */
        OUT,
        /** Service: whole characters for standard error. */
        ERR,
        /** Service: wants a line of standard input. */
        LINE,
        /** Service: wants this asked. */
        PROMPT,
        /** Service: wants this asked, and the answer not shown. */
        HIDDEN,
        /** Caller: the line wanted. */
        ANSWER,
        /** Caller: there is no such line. */
        END,
        /** Service: the exit code, in decimal; the last frame. */
        EXIT
    }

    /** @throws ProtocolException when the text is too long */
    ByteBuffer encode() throws ProtocolException {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new ProtocolException("longer than " + MAX_BYTES + " bytes: " + type);
        }
        return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .put((byte) type.ordinal())
                .putInt(bytes.length)
                .put(bytes)
                .flip();
    }

    /** @throws ProtocolException when the type is unknown or the text too long */
    static Frame read(ReadableByteChannel channel) throws IOException {
        ByteBuffer header = fill(channel, HEADER_BYTES);
        int type = header.get();
        int length = header.getInt();
        if (type < 0 || type >= Type.values().length || length < 0 || length > MAX_BYTES) {
            throw new ProtocolException("not a frame: type " + type + ", " + length + " bytes");
        }
        return new Frame(
                Type.values()[type], UTF_8.decode(fill(channel, length)).toString());
    }

    private static ByteBuffer fill(ReadableByteChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) == -1) {
                throw new EOFException("the other end is gone");
            }
        }
        return buffer.flip();
    }
}
