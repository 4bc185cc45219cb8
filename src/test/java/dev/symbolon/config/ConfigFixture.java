package dev.symbolon.config;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Reading a configuration as a test writes it, and looking at it key by key. */
final class ConfigFixture {
    static final @Nullable String NO_FILE = null;

    private ConfigFixture() {}

    static Config read(Path directory, String yaml) throws Exception {
        return read(directory, yaml, Map.of(), Map.of());
    }

    static Config read(
            Path directory, @Nullable String yaml, Map<String, String> environment, Map<String, String> overrides)
            throws Exception {
        Path file = yaml == null ? null : Files.writeString(directory.resolve("test.yaml"), yaml);
        return ConfigReader.read(file, directory, environment, overrides, warning -> {});
    }

    /** The one line with which a configuration is refused. */
    static String refusal(Executable reading) {
        var refused = assertThrows(ConfigException.class, reading);
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.matches("[^\\p{Cntrl}]+"), message);
        return message;
    }

    /** Every value by the key that its component's name stands for. */
    static Map<String, @Nullable Object> leaves(Config config) throws Exception {
        var leaves = new LinkedHashMap<String, @Nullable Object>();
        collect("", config, leaves);
        return leaves;
    }

    private static void collect(String prefix, Record section, Map<String, @Nullable Object> leaves) throws Exception {
        for (RecordComponent part : section.getClass().getRecordComponents()) {
            Object value = part.getAccessor().invoke(section);
            if (value instanceof Record inner) {
                collect(prefix + kebab(part) + ".", inner, leaves);
            } else {
                leaves.put(prefix + kebab(part), value);
            }
        }
    }

    private static String kebab(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
