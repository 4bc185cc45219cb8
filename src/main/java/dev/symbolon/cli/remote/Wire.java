package dev.symbolon.cli.remote;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One end of a connection. Each step has a time limit, past which the connection is closed: a channel that blocks has no
 * time-out of its own. A failed step throws {@link SocketTimeoutException} when it took too long, {@link ProtocolException}
 * for what is no frame, else {@link SocketException}.
 */
final class Wire implements Closeable {
    private final SocketChannel channel;

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** @throws ConnectException when nobody listens there any more */
    static Wire connect(Path socket, Duration limit) throws IOException {
        var wire = new Wire(SocketChannel.open(StandardProtocolFamily.UNIX));
        try {
            wire.within(limit, () -> wire.channel.connect(UnixDomainSocketAddress.of(socket)));
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    /** Frames of several threads do not mix. */
    synchronized void send(Frame.Type type, String text, Duration limit) throws IOException {
        ByteBuffer bytes = new Frame(type, text).encode();
        within(limit, () -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return bytes;
        });
    }

    Frame receive(Duration limit) throws IOException {
        return within(limit, () -> Frame.read(channel));
    }

    private <T> T within(Duration limit, Step<T> step) throws IOException {
        var alarm = new CompletableFuture<Void>();
        alarm.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, late) -> {
            if (late != null) {
                close();
            }
        });
        try {
            return step.run();
        } catch (ProtocolException | ConnectException e) {
            throw e;
        } catch (IOException e) { // of many types, a broken pipe is even a plain one
            if (alarm.isCompletedExceptionally()) {
                throw new SocketTimeoutException("the other end was silent for " + limit.toSeconds() + " s");
            }
            throw new SocketException("the connection broke: " + e);
        } finally {
            alarm.complete(null);
        }
    }

    /** Also ends what other threads wait for here. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is lost: every frame that mattered was written before
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }
}
