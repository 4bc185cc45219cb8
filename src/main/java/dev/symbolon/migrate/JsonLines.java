package dev.symbolon.migrate;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Lines of JSON: strict, and what is wrong is told without quoting a value, which may be a password. */
public final class JsonLines {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    /** Where lines come from; empty at the end. */
    public interface Source {
        Optional<String> next() throws IOException;
    }

    private JsonLines() {}

    /**
     * Reads each line that is not blank.
     *
     * @throws ImportException with the number of the line, if it or the work finds it bad, by an {@link
     *     IllegalArgumentException}
     */
    static <T> void read(Source lines, Class<T> type, BiConsumer<Long, T> work) {
        long number = 0;
        try {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                number++;
                if (!line.get().isBlank()) {
                    work.accept(number, parse(line.get(), type));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ImportException("line " + (number + 1) + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ImportException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private static <T> T parse(String line, Class<T> type) {
        try {
            T value = MAPPER.readValue(line, type);
            require(value != null, "not a JSON object");
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException("there is no member " + e.getPropertyName());
        } catch (JsonMappingException e) {
            String member = e.getPath().isEmpty() ? null : e.getPath().get(0).getFieldName();
            throw new IllegalArgumentException(
                    member == null ? "not a JSON object" : "member " + member + " has a wrong type");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object");
        }
    }

    /** One line, as {@link #read} takes it. */
    public static String line(Object row) {
        try {
            return MAPPER.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written as JSON", e);
        }
    }

    static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            require(id.toString().equalsIgnoreCase(text), "id is a UUID");
            return id;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("id is a UUID");
        }
    }

    static Instant time(String member, String text) {
        try {
            return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(member + " is a time such as 2026-01-31T12:00:00Z");
        }
    }

    static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
