package dev.symbolon.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What happened that matters to security, a line each, by the logger {@value #NAME}. The id of the request and the
 * address it came from are added to what happens within one. Never a secret, a password, a code or the value of a token;
 * and no name from outside that was not found to be one.
 */
public final class AuditLog {
    public static final String NAME = "dev.symbolon.audit";
    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    /** Where else what is recorded on this thread goes. */
    private static final ThreadLocal<@Nullable BiConsumer<String, Map<String, String>>> DIVERTED = new ThreadLocal<>();

    private AuditLog() {}

    /** What the work records on this thread goes to the recorder and not to the log. */
    static void divert(BiConsumer<String, Map<String, String>> recorder, Runnable work) {
        DIVERTED.set(recorder);
        try {
            work.run();
        } finally {
            DIVERTED.remove();
        }
    }

    /**
     * @param event in the past tense: {@code link-added}
     * @param details pairs of name and value; a value that is null is left out
     */
    public static void record(String event, @Nullable Object... details) {
        BiConsumer<String, Map<String, String>> diverted = DIVERTED.get();
        if (diverted != null) {
            diverted.accept(event, texts(details));
        } else if (LOG.isInfoEnabled()) {
            LoggingEventBuilder line = LOG.atInfo().setMessage(event);
            for (int i = 0; i < details.length; i += 2) {
                if (details[i + 1] != null) {
                    line = line.addKeyValue(String.valueOf(details[i]), details[i + 1]);
                }
            }
            line.log();
        }
    }

    private static Map<String, String> texts(@Nullable Object... details) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            if (details[i + 1] != null) {
                texts.put(String.valueOf(details[i]), String.valueOf(details[i + 1]));
            }
        }
        return texts;
    }

    /** As {@link #record}, if it has been done. */
    public static boolean recordIf(boolean done, String event, @Nullable Object... details) {
        if (done) {
            record(event, details);
        }
        return done;
    }

    /** As {@link #record}, if something came of it. */
    public static <T> Optional<T> recordIf(Optional<T> result, String event, @Nullable Object... details) {
        recordIf(result.isPresent(), event, details);
        return result;
    }
}
