package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.symbolon.TestService;
import dev.symbolon.TestService.Outcome;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a started service with the tutorial's data. */
abstract class CommandTest {
    /** RFC 3339 in UTC. */
    static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path directory;

    TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory, settings());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Pairs of key and value. */
    String[] settings() {
        return new String[0];
    }

    /** What a command that succeeds prints with {@code --json}, which has to be one document and nothing else. */
    final JsonNode json(String command) {
        Outcome outcome = service.attempt((command + " --json").split(" "));
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals("", outcome.err());
        return json(outcome);
    }

    static JsonNode json(Outcome outcome) {
        try {
            return MAPPER.readTree(outcome.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError(outcome.out(), e);
        }
    }

    static Set<String> members(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The command ends so, with nothing on standard output and one line on standard error that holds these words. */
    final void fails(int exitCode, String words, String... command) {
        assertFailed(exitCode, words, service.attempt(command));
    }

    static void assertFailed(int exitCode, String words, Outcome outcome) {
        String line = outcome.err();
        assertAll(
                () -> assertEquals(exitCode, outcome.exitCode(), outcome::toString),
                () -> assertEquals("", outcome.out()),
                () -> assertTrue(line.endsWith("\n") && line.indexOf('\n') == line.length() - 1, "one line: " + line),
                () -> assertTrue(line.contains(words), line),
                () -> assertTrue(!line.contains("Exception") && !line.contains("dev.symbolon"), line),
                () -> assertTrue(line.strip().chars().noneMatch(Character::isISOControl), line));
    }

    /** A token of alice's for the tutorial's client. */
    final String aliceToken() {
        return service.password("alice").then().statusCode(200).extract().path("access_token");
    }
}
