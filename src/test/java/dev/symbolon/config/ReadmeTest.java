package dev.symbolon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The manual's table of settings is that of the code. */
@Tag("no-database")
class ReadmeTest {
    @Test
    void the_readme_has_every_setting_with_its_default_in_the_order_of_the_sample_file() throws IOException {
        List<String> expected = Settings.ALL.stream()
                .map(setting -> "| `" + setting.key() + "` | "
                        + (setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "` ") + "|")
                .toList();
        List<String> documented = Files.readString(Path.of("README.md"))
                .lines()
                .filter(line -> line.matches("\\| `[a-z]+(\\.[a-z-]+)?` \\| .*\\|.*") && line.split("\\|").length == 4)
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                .filter(line ->
                        Settings.ALL.stream().anyMatch(setting -> line.startsWith("| `" + setting.key() + "` ")))
                .toList();
        assertEquals(expected, documented);
    }
}
