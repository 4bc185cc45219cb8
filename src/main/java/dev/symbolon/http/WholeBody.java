package dev.symbolon.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Passes a request on when its body is there: who drips it holds a connection and up to 64 KiB, and no thread. Jetty's
 * EagerContentHandler keeps the pieces instead of a copy, so that a body of many small ones costs far more than it has.
 * All of them together may hold 64 MiB, and an eighth of the heap; past that one is answered with 503.
 *
 * <p>Of a body that is too large one byte more is kept, for the handler to see, and up to 1 MiB read: a connection that is
 * closed over bytes still unread is reset, and the client never sees why.
 */
final class WholeBody extends Handler.Wrapper {
    private static final int MAX_KEPT_BYTES = Form.MAX_BYTES + 1;
    private static final int MAX_READ_BYTES = 1024 * 1024;

    /** Of all bodies that are not whole yet. */
    private static final long MOST_BYTES =
            Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

    private final AtomicLong allKept = new AtomicLong();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var whole = new Whole(request);
        if (whole.load()) {
            return super.handle(whole, response, callback);
        }
        await(whole, response, callback);
        return true;
    }

    /** Until more has come, if there is room for what has. */
    private void await(Whole request, Response response, Callback callback) {
        if (request.count(allKept) > MOST_BYTES && request.counted > 0) {
            request.forget(allKept);
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        } else {
            request.getWrapped().demand(() -> resume(request, response, callback));
        }
    }

    private void resume(Whole request, Response response, Callback callback) {
        try {
            if (!request.load()) {
                await(request, response, callback);
                return;
            }
            request.forget(allKept);
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Throwable e) { // nobody else would answer
            request.forget(allKept);
            Response.writeError(request, response, callback, e);
        }
    }

    private static final class Whole extends Request.Wrapper {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private int size;
        private int counted;
        private Content.@Nullable Chunk content;

        Whole(Request request) {
            super(request);
        }

        /** @return false if there is more to come */
        boolean load() throws IOException {
            Content.Chunk chunk;
            do {
                chunk = getWrapped().read();
                if (chunk == null) {
                    return false;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    content = chunk;
                    return true;
                }
                keep(chunk.getByteBuffer());
                chunk.release();
            } while (!chunk.isLast() && size < MAX_READ_BYTES);
            content = Content.Chunk.from(ByteBuffer.wrap(kept.toByteArray()), true);
            return true;
        }

        /** @return of all */
        long count(AtomicLong all) {
            int more = kept.size() - counted;
            counted += more;
            return all.addAndGet(more);
        }

        void forget(AtomicLong all) {
            all.addAndGet(-counted);
            counted = 0;
        }

        private void keep(ByteBuffer bytes) throws IOException {
            size += bytes.remaining();
            bytes.limit(bytes.position() + Math.min(bytes.remaining(), MAX_KEPT_BYTES - kept.size()));
            BufferUtil.writeTo(bytes, kept);
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk next = content;
            content = next == null ? null : Content.Chunk.next(next);
            return next;
        }
    }
}
