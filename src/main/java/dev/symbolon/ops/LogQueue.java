package dev.symbolon.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lines on their way to standard output. Nobody waits for a slow disk or terminal: when it is full, lines are dropped,
 * and counted. Logback's AsyncAppender wakes its thread and flushes for each line, which costs as much as half a request.
 */
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int LINES = 8192;

    /** The first line waits so long for others to be written with. */
    private static final long GATHERING_MILLIS = 10;

    private static final long STOP_MILLIS = 1000;

    /** Of all queues of the process, which has one. */
    private static final LongAdder DROPPED = new LongAdder();

    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(LINES);
    private final Thread writer = new Thread(this::write, "log");
    private final LogLine encoder;

    LogQueue(LogLine encoder) {
        this.encoder = encoder;
        setName("queue");
        writer.setDaemon(true);
    }

    static double dropped() {
        return DROPPED.sum();
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (!queue.offer(event)) {
            DROPPED.increment();
        }
    }

    private void write() {
        List<ILoggingEvent> events = new ArrayList<>();
        try {
            while (true) {
                events.add(queue.take());
                Thread.sleep(GATHERING_MILLIS);
                write(events);
            }
        } catch (InterruptedException e) {
            write(events);
        }
    }

    private void write(List<ILoggingEvent> events) {
        queue.drainTo(events);
        var lines = new ByteArrayOutputStream();
        for (ILoggingEvent event : events) {
            try {
                lines.writeBytes(encoder.encode(event));
            } catch (RuntimeException | Error e) { // of a value that cannot say what it is: this thread must not end
                DROPPED.increment();
            }
        }
        System.out.write(lines.toByteArray(), 0, lines.size());
        System.out.flush();
        events.clear();
    }

    /** Writes what still waits, for up to a second. */
    @Override
    public void stop() {
        super.stop();
        writer.interrupt();
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
