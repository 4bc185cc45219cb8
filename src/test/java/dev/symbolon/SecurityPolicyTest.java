package dev.symbolon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SECURITY.md is true as far as a program can tell. */
@Tag("no-database")
class SecurityPolicyTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test|\\w+IT)\\.(\\w+)`");

    @Test
    void every_threat_has_a_test_and_every_test_that_is_named_is_there() throws IOException {
        Map<String, String> sources = sources();
        List<String> threats = Files.readString(Path.of("SECURITY.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| threat") && !line.startsWith("| ---"))
                .toList();
        assertTrue(threats.size() > 30, "they are read");
        for (String threat : threats) {
            List<MatchResult> tests = TEST.matcher(threat).results().toList();
            assertTrue(!tests.isEmpty(), threat);
            assertEquals(
                    List.of(),
                    tests.stream()
                            .filter(test ->
                                    !sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
                            .map(MatchResult::group)
                            .toList());
        }
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Function<Path, String> name = file -> file.getFileName().toString().replace(".java", "");
            return files.filter(Files::isRegularFile)
                    .filter(file -> !name.apply(file).equals("package-info"))
                    .collect(Collectors.toMap(name, SecurityPolicyTest::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
