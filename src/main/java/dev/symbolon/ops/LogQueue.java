package dev.symbolon.ops;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/** Lines on their way out. Nobody waits for a slow disk or terminal: when it is full, lines are dropped, and counted. */
final class LogQueue extends AsyncAppender {
    private static final int LINES = 8192;

    /** Of all queues of the process, which has one. */
    private static final LongAdder DROPPED = new LongAdder();

    LogQueue() {
        setName("queue");
        setQueueSize(LINES);
        setDiscardingThreshold(0);
        setNeverBlock(true);
    }

    static double dropped() {
        return DROPPED.sum();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() == 0) {
            DROPPED.increment();
        } else {
            super.append(event);
        }
    }
}
