package dev.symbolon.config;

import static dev.symbolon.config.ConfigFixture.read;
import static dev.symbolon.config.ConfigFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("no-database")
class YamlFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "# nothing\n",
                "---\n",
                "null",
                "{}",
                "\uFEFF",
                "token:\n",
                "token: {}\r\n",
                "%YAML 1.1\n---\n"
            })
    void a_file_that_sets_nothing_is_fine(String yaml) throws Exception {
        assertEquals(Duration.ofHours(1), read(directory, yaml).token().accessTtl());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http.port: 1~http.port: 2|, line 2: \"http.port\" is set twice",
                "http:~  port: 1~http.port: 2|, line 3: \"http.port\" is set twice",
                "http:~  port: 1~http:~  host: x|, line 3: \"http\" is set twice",
                "http:~  port: [1]|, line 2: http.port takes one value",
                "http:~  port: {}|, line 2: got nothing, takes a whole number from 0 to 65535",
                "http.port: &a 1|, line 1: http.port takes one value",
                "http: &a {port: 1}|, line 1: http takes one value",
                "http.port: *a|, line 1: http.port takes one value",
                "http.port: !!int 1|, line 1: http.port takes one value",
                "http.port: !!binary MQ==|, line 1: http.port takes one value",
                "- http.port|, line 1: takes keys with values",
                "http.port|, line 1: takes keys with values",
                "http.port: 1~---~http.port: 2|, line 2: takes one document only",
                "http:~\tport: 1|, line 2: is not YAML",
                "http.port: 1~  log.level: info|, line 2: is not YAML",
                "http.port: '1~|is not YAML",
                "%YAML 2.0~---~http.port: 1|: is not YAML",
                "? [a]~: b|, line 1: takes a plain word as a key",
                "http.port: 1~*a : 1|, line 2: takes a plain word as a key",
                "http: {port: {x: 1}}|unknown key \"http.port.x\"",
            })
    void anything_but_one_mapping_of_keys_to_scalars_is_refused_with_its_line(String lines, String expected) {
        String message = refusal(() -> read(directory, lines.replace('~', '\n')));
        assertTrue(message.contains(expected) && message.contains(directory.toString()), message);
    }

    static Stream<Arguments> hostile() {
        int much = 1_000_000;
        return Stream.of(
                Arguments.of("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "line 1: a takes one value"),
                Arguments.of("[".repeat(much), "line 1: takes keys"),
                Arguments.of("{a: ".repeat(much / 4), "line 1: unknown key \"a.a.a."),
                Arguments.of("? ".repeat(much / 2), "takes a plain word"),
                Arguments.of("{".repeat(much), "takes a plain word"),
                Arguments.of("x".repeat(much) + ": 1", "takes keys"),
                Arguments.of("? " + "x".repeat(much) + "\n: 1", "unknown key \"xxx"),
                Arguments.of("http.port: " + "/".repeat(much), "got \"///"),
                Arguments.of("http.port: \0", "holds a control character"),
                Arguments.of("#".repeat((1 << 20) + 1), "is larger than 1 MiB"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Timeout(5)
    void a_hostile_file_is_refused_quickly_and_in_one_line(String yaml, String expected) {
        String message = refusal(() -> read(directory, yaml));
        assertTrue(message.contains(expected) && message.length() < 1000, message);
    }

    @Test
    void a_file_of_exactly_one_mebibyte_is_read() throws Exception {
        assertEquals(10, read(directory, "#".repeat(1 << 20)).password().bcryptCost());
    }

    @Test
    void a_file_that_cannot_be_read_as_text_is_named() throws Exception {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, (byte) 0x28});
        assertEquals(binary + ": is not UTF-8 text", refusal(() -> readFile(binary)));
        assertEquals(directory.resolve("none") + ": no such file", refusal(() -> readFile(directory.resolve("none"))));
        assertEquals(
                directory + ": cannot be read; is it a file, and one that this user may read?",
                refusal(() -> readFile(directory)));
    }

    @Test
    void a_link_to_nowhere_is_not_taken_for_no_file() throws Exception {
        Files.createDirectory(directory.resolve("config"));
        Path link = Files.createSymbolicLink(directory.resolve("config/symbolon.yaml"), Path.of("gone"));
        assertEquals(
                link + ": no such file",
                refusal(() -> ConfigReader.read(null, directory, Map.of(), Map.of(), warning -> {})));
    }

    private static Config readFile(Path file) throws Exception {
        return ConfigReader.read(file, Path.of(""), Map.of(), Map.of(), warning -> {});
    }
}
