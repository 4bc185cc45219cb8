package dev.symbolon;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

/** Events with what their thread knew of the request at that time. */
public final class CapturedLog extends ListAppender<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        super.append(event);
    }
}
