package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import dev.symbolon.TestService.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed wrongly: one line on standard error, nothing on standard output, nothing done. */
class UsageTest {
    private static TestService service;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void fails(int exitCode, String words, String... command) {
        CommandTest.assertFailed(exitCode, words, service.attempt(command));
    }

    @ParameterizedTest
    @CsvSource({
        "clinet list, unknown command clinet; did you mean client?",
        "client shwo 1_aaa, unknown command shwo; did you mean show?",
        "user creat x, did you mean create?",
        "client list --jsno, unknown option --jsno; did you mean --json?",
        "client create --nmae=x, unknown option --nmae; did you mean --name?",
        "help me please, unknown command help",
        "client list x, unexpected argument x",
        "link add alice 1_aaa x, unexpected argument x",
    })
    void what_is_unknown_is_named_with_the_nearest_there_is(String command, String words) {
        fails(2, words, command.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "client show, ID",
        "client update, ID",
        "user create, NAME",
        "user set-password, NAME",
        "link add, USER",
        "link add alice, CLIENT",
        "link remove alice, CLIENT",
        "token revoke, --user",
        "link add --group staff, CLIENT",
        "group add staff, USER",
        "policy check alice, CLIENT",
        "client create --id, --id",
        "import fos, --jdbc-url",
        "user import, FILE",
        "client create --grant password, --name",
    })
    void what_is_missing_is_named(String command, String words) {
        fails(2, words, command.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "user", "group", "link", "token", "policy"})
    void a_group_without_a_command_lists_its_commands(String group) {
        fails(2, group + " takes one of ", group);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user create x --password a --password-stdin",
                "client create --name x --introspect --secret a --secret-stdin",
                "token revoke --user alice --client 1_aaa",
                "token revoke --user alice --id 00000000-0000-0000-0000-000000000000",
                "token list --user alice --user bob",
                "link add alice 1_aaa --until 2999-01-01 --for 8h",
                "link add --group staff alice 1_aaa",
                "policy report --json --csv",
                "policy report --csv --grant-links",
            })
    void what_excludes_each_other_is_bad_usage(String command) {
        fails(2, "--", command.split(" "));
    }

    @Test
    void an_id_of_a_token_that_cannot_be_one_is_bad_usage() {
        fails(2, "--id", "token", "revoke", "--id", "7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "demo",
                "generate-completion",
                "client",
                "client create",
                "client list",
                "client show",
                "client update",
                "client disable",
                "client enable",
                "client delete",
                "client rotate-secret",
                "client import",
                "client export",
                "user import",
                "user export",
                "import",
                "import fos",
                "user",
                "user create",
                "user list",
                "user show",
                "user disable",
                "user enable",
                "user set-password",
                "user delete",
                "group",
                "group create",
                "group list",
                "group delete",
                "group add",
                "group remove",
                "group members",
                "link",
                "link add",
                "link remove",
                "link list",
                "token",
                "token list",
                "token revoke",
                "token purge",
                "policy",
                "policy report",
                "policy check",
            })
    void every_command_has_help_and_config(String command) {
        Outcome outcome = service.attempt((command + " --help").trim().split(" "));
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals("", outcome.err());
        assertTrue(outcome.out().startsWith(("Usage: symbolon " + command).trim()), outcome.out());
        assertTrue(outcome.out().contains("--config=FILE"), outcome.out());
        assertTrue(outcome.out().lines().allMatch(line -> line.length() <= 80), outcome.out());
    }

    @ParameterizedTest
    @CsvSource({
        "user create, --password",
        "user set-password, --password",
        "client create, --secret",
        "client rotate-secret, --secret",
    })
    void help_warns_that_a_password_on_the_command_line_shows_in_process_lists(String command, String option) {
        String help = service.run(command + " --help").replaceAll("\\s+", " ");
        assertTrue(help.contains("list of processes"), help);
        assertTrue(help.contains(option + "-stdin"), help);
    }

    @Test
    void help_wins_over_what_is_missing() {
        assertTrue(service.run("link add --help").contains("CLIENT"));
    }

    @Test
    void every_command_has_json_for_scripts() {
        for (String command : new String[] {"client create", "user list", "link add", "token purge", "policy report"}) {
            assertTrue(service.run(command + " --help").contains("--json"), command);
        }
    }

    @Test
    void the_completion_script_is_a_script() {
        assertTrue(service.attempt("generate-completion", "--config", "x").out().startsWith("#!"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "rotate-secret", "import", "demo", "--keep-old", "--jdbc-url"})
    void the_completion_script_knows_every_command_and_option(String word) {
        String script = service.attempt("generate-completion").out();
        assertTrue(List.of(script.split("[^\\w-]+")).contains(word), script);
    }

    @Test
    void an_argument_with_an_at_sign_is_no_file_to_read() throws Exception {
        Path file = java.nio.file.Files.writeString(Path.of("target/at-file.txt"), "list");
        Outcome outcome = service.attempt("user", "show", "@" + file);
        assertFalse(outcome.err().contains("list"), outcome.err());
        CommandTest.assertFailed(1, "there is no user @" + file, outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "client_credentials, '', client_credentials",
        "password, --introspect, introspect",
        "'', --introspect, introspect",
    })
    void a_public_client_may_not_have_what_needs_a_secret(String grant, String option, String word) {
        fails(
                2,
                word,
                ("client create --name S --public --grant=" + grant + " " + option)
                        .trim()
                        .split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u001b[31mb", "a\nb", "a\u0000b", "a\u009bb", "a\u007fb"})
    void a_name_that_is_empty_or_has_control_characters_is_refused(String name) {
        fails(2, "name", "client", "create", "--name", name, "--grant", "password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a\nb"})
    void an_id_that_rfc_6749_does_not_allow_is_refused(String id) {
        fails(2, "--id", "client", "create", "--name", "S", "--grant", "password", "--id", id);
    }

    @ParameterizedTest
    @CsvSource({
        "--grant, pasword, password",
        "--scope, 'a\"b', scope",
        "--redirect-uri, javascript:alert(1), redirect URI",
        "--redirect-uri, /relative, redirect URI",
        "--redirect-uri, https://a.example/#x, redirect URI",
        "--redirect-uri, http://a.example/cb, redirect URI", // RFC 9700 section 2.6
        "--redirect-uri, https://u@a.example/cb, redirect URI",
        "--redirect-uri, https:/cb, redirect URI",
        "--redirect-uri, app:/cb, redirect URI", // RFC 8252 section 7.1
        "--grant, authorization_code, --redirect-uri",
        "--policy, nonsense, --policy",
        "--policy-mode, nonsense, --policy-mode",
        "--access-ttl, 1y, --access-ttl",
        "--refresh-ttl, 0s, --refresh-ttl",
        "--secret, '', secret",
    })
    void a_bad_value_is_bad_usage_that_names_what_it_takes(String option, String value, String words) {
        fails(2, words, "client", "create", "--name", "S", "--grant", "password", option, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "update", "disable", "enable", "delete", "rotate-secret"})
    void a_client_that_is_not_there_is_named_and_the_exit_code_is_1(String command) {
        fails(1, "there is no client nobody", "client", command, "nobody");
        fails(1, "there is no client no?[31mbody", "client", command, "no\u001b[31mbody");
    }
}
