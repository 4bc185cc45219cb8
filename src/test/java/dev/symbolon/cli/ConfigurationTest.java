package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService.Outcome;
import dev.symbolon.it.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration as processes get it: {@code --config}, {@code config/symbolon.yaml}, environment, {@code --set}. */
@Tag("h2")
class ConfigurationTest {
    @TempDir
    Path directory;

    private Outcome run(Map<String, String> environment, String... arguments) {
        try (Program program = Program.start(directory, environment, arguments)) {
            Program.Result result = program.result();
            return new Outcome(result.exitCode(), result.out(), result.err());
        }
    }

    private Path write(String file, String text) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private void fails(String words, Outcome outcome) {
        CommandTest.assertFailed(1, words, outcome);
        assertFalse(Files.exists(directory.resolve("data")), "nothing may be made");
    }

    @Test
    void an_unknown_key_stops_the_start_with_the_nearest_one() throws Exception {
        write("config/symbolon.yaml", "http:\n  prot: 8080\n");
        fails("\"http.prot\" from ", run(Map.of()));
        fails("did you mean http.port?", run(Map.of(), "user", "list", "--json"));
    }

    @Test
    void a_bad_value_stops_the_start_and_tells_what_it_got_and_what_it_takes() throws Exception {
        Path file = write("other.yaml", "token:\n  access-ttl: soon\n");
        Outcome outcome = run(Map.of(), "serve", "--config", file.toString());
        fails("token.access-ttl from " + file + ", line 2: got \"soon\", takes a duration from ", outcome);
    }

    @Test
    void a_bad_variable_and_a_bad_setting_on_the_command_line_are_refused_likewise() {
        fails(
                "http.port from SYMBOLON_HTTP_PORT: got \"80x\", takes a whole number",
                run(Map.of("SYMBOLON_HTTP_PORT", "80x"), "serve"));
        fails("management.port from the command line: got \"99999\"", run(Map.of(), "--set", "management.port=99999"));
    }

    @Test
    void a_policy_that_is_not_there_is_told_with_its_key() {
        fails(
                "policy.type: there is no policy of type nonsense",
                run(Map.of(), "serve", "--set", "policy.type=nonsense"));
        fails("policy.type", run(Map.of(), "user", "list", "--set", "policy.type=nonsense"));
    }

    @Test
    void a_file_that_is_named_has_to_be_there() {
        fails("nope.yaml: no such file", run(Map.of(), "serve", "--config", "nope.yaml"));
        fails("nope.yaml: no such file", run(Map.of(), "--config", "nope.yaml", "user", "list"));
    }

    @Test
    void an_unknown_variable_is_a_warning_on_standard_error_with_the_nearest_name() {
        Outcome outcome = run(Map.of("SYMBOLON_HTTP_PROT", "1"), "user", "list", "--json");
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals("[]\n", outcome.out());
        assertTrue(outcome.err().contains("\"SYMBOLON_HTTP_PROT\"; did you mean SYMBOLON_HTTP_PORT?"), outcome.err());
        assertEquals(1, outcome.err().lines().count());
    }

    @Test
    void no_library_adds_lines_of_its_own_to_a_refusal() {
        Outcome outcome = run(Map.of(), "client", "create", "--name", "S", "--grant", "password", "--scope", "a\"b,c");
        CommandTest.assertFailed(2, "a scope is made of", outcome);
    }

    @Test
    void environment_wins_over_file_and_the_command_line_over_both() throws Exception {
        write("config/symbolon.yaml", "database.url: jdbc:h2:file:./file/x\n");
        Map<String, String> environment = Map.of("SYMBOLON_DATABASE_URL", "jdbc:h2:file:./variable/x");
        run(Map.of(), "user", "list");
        assertTrue(Files.exists(directory.resolve("file/x.mv.db")));
        run(environment, "user", "list");
        assertTrue(Files.exists(directory.resolve("variable/x.mv.db")));
        run(environment, "user", "list", "--set", "database.url=jdbc:h2:file:./line/x");
        assertTrue(Files.exists(directory.resolve("line/x.mv.db")));
    }
}
