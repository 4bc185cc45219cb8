package dev.symbolon.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.symbolon.config.Config.LogFormat;
import dev.symbolon.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * An event as one line, whatever is in it: text with {@code key=value} after the message, or a JSON object. Keys and
 * values are those of the event, then those of the request in hand.
 */
public final class LogLine extends EncoderBase<ILoggingEvent> {
    private static final int MAX_VALUE = 256;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final String PLAIN_MARKS = "_.:/@+-";
    private static final Pattern UNSAFE = Pattern.compile("[\"\\\\\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+");

    private final LogFormat format;

    public LogLine(LogFormat format) {
        this.format = format;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return format == LogFormat.JSON ? json(event) : text(event).getBytes(UTF_8);
    }

    private static String text(ILoggingEvent event) {
        String logger = event.getLoggerName();
        var line = new StringBuilder(256);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ').append(event.getLevel());
        line.append(" ".repeat(Math.max(1, 6 - event.getLevel().toString().length())));
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
        line.append(words(event)).append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    /** Message, keys and values, without time, level and logger. */
    public static String words(ILoggingEvent event) {
        List<String> words = new ArrayList<>();
        words.add(LINE_END.matcher(event.getFormattedMessage()).replaceAll(" "));
        details(event).forEach(pair -> words.add(pair.key + "=" + value(String.valueOf(pair.value))));
        return String.join(" ", words).trim();
    }

    private static List<KeyValuePair> details(ILoggingEvent event) {
        List<KeyValuePair> details = new ArrayList<>();
        if (event.getKeyValuePairs() != null) {
            details.addAll(event.getKeyValuePairs());
        }
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            details.add(new KeyValuePair(entry.getKey(), entry.getValue()));
        }
        return details;
    }

    /** A word as it is; other text in quotes, with JSON's escapes for what could pass for another value or line. */
    private static String value(String text) {
        String shown = cut(text);
        return isPlain(shown)
                ? shown
                : '"'
                        + UNSAFE.matcher(shown)
                                .replaceAll(match ->
                                        "\\\\u%04x".formatted(match.group().codePointAt(0)))
                        + '"';
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c < 128 && Character.isLetterOrDigit(c);
            if (!word && PLAIN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String cut(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
    }

    private static byte[] json(ILoggingEvent event) {
        try (var bytes = new ByteArrayBuilder();
                JsonGenerator line = Json.MAPPER.createGenerator(bytes)) {
            line.setRootValueSeparator(new SerializedString(""));
            line.writeStartObject();
            line.writeStringField("time", TIME.format(event.getInstant()));
            line.writeStringField("level", event.getLevel().toString());
            line.writeStringField("logger", event.getLoggerName());
            line.writeStringField("message", event.getFormattedMessage());
            for (KeyValuePair pair : details(event)) {
                line.writeFieldName(pair.key);
                if (pair.value instanceof Number) {
                    line.writeObject(pair.value);
                } else {
                    line.writeString(cut(String.valueOf(pair.value)));
                }
            }
            if (event.getThrowableProxy() != null) {
                line.writeStringField("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            line.writeEndObject();
            line.writeRaw('\n');
            line.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writes to memory", e);
        }
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
