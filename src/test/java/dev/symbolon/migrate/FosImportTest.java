package dev.symbolon.migrate;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.TestService.Outcome;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FosImportTest {
    @TempDir
    Path directory;

    private TestService service;
    private FosDatabase fos;

    @BeforeEach
    void start() {
        service = TestService.empty(directory);
        fos = new FosDatabase(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Outcome attempt(String... more) {
        List<String> words = new ArrayList<>(List.of("import", "fos", "--jdbc-url", fos.url()));
        words.addAll(List.of(more));
        return service.attempt(words.toArray(String[]::new));
    }

    private JsonNode imported(String... more) {
        List<String> words = new ArrayList<>(List.of("--json"));
        words.addAll(List.of(more));
        Outcome outcome = attempt(words.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome::toString);
        try {
            return new ObjectMapper().readTree(outcome.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError(outcome.out(), e);
        }
    }

    private static String counts(JsonNode report, String what) {
        JsonNode count = report.get("counts").get(what);
        return count.get("read") + " read, " + count.get("imported") + " imported, " + count.get("already")
                + " already, " + count.get("left_out") + " left out";
    }

    private Response login(String name, String password) {
        return TestService.post(
                "/oauth/v2/token",
                service.as(fos.client(1), fos.secret(1)),
                "grant_type",
                "password",
                "username",
                name,
                "password",
                password);
    }

    private Response refresh(String token) {
        return TestService.post(
                "/oauth/v2/token",
                service.as(fos.client(1), fos.secret(1)),
                "grant_type",
                "refresh_token",
                "refresh_token",
                token);
    }

    private Response introspect(int client, String token) {
        return TestService.post(
                "/oauth/v2/introspect", service.as(fos.client(client), fos.secret(client)), "token", token);
    }

    private String exported(String kind) {
        return service.run(kind + " export");
    }

    private boolean hasOwnHash(String name) {
        return exported("user")
                .lines()
                .anyMatch(line -> line.contains('"' + name + '"') && line.contains("$sha384$2b$"));
    }

    /** It is redone in a moment, beside the answer. */
    private boolean getsOwnHash(String name) {
        for (int i = 0; i < 1000 && !hasOwnHash(name); i++) {
            Thread.onSpinWait();
        }
        return hasOwnHash(name);
    }

    @Test
    void everybody_logs_in_with_the_old_password_first_by_the_old_hash_and_then_by_bcrypt() {
        imported("--links-mean", "assignment");
        Map<String, String> logins = fos.said("login");
        assertTrue(logins.size() > 15, logins::toString);
        logins.forEach((name, password) -> {
            login(name, password + "x").then().statusCode(400).body("error", equalTo("invalid_grant"));
            assertFalse(hasOwnHash(name), name);
            login(name, password).then().statusCode(200);
            assertTrue(getsOwnHash(name), name);
            login(name, password).then().statusCode(200);
            login(name, password + "x").then().statusCode(400);
        });
    }

    @Test
    void whoever_was_shut_out_in_one_way_or_another_is_disabled_and_listed() {
        JsonNode report = imported("--links-mean", "assignment");
        assertEquals(
                "[{\"row\":\"disabled\",\"what\":\"not enabled\"},{\"row\":\"locked\",\"what\":\"locked\"},"
                        + "{\"row\":\"expired\",\"what\":\"expired\"},"
                        + "{\"row\":\"expired-password\",\"what\":\"credentials expired\"}]",
                report.get("disabled").get("entries").toString());
        for (String name : new String[] {"disabled", "locked", "expired"}) {
            login(name, name + "-password").then().statusCode(400);
        }
        assertFalse(introspect(1, fos.token("disabled-access", "disabled"))
                .jsonPath()
                .getBoolean("active"));
        service.run("user enable disabled");
        assertFalse(introspect(1, fos.token("disabled-access", "disabled"))
                .jsonPath()
                .getBoolean("active"));
    }

    @Test
    void old_tokens_go_on_as_they_look_and_dead_ones_stay_dead() {
        imported("--links-mean", "assignment");
        introspect(1, fos.token("access", "Alice"))
                .then()
                .body("active", equalTo(true))
                .body("username", equalTo("Alice"))
                .body("scope", equalTo("read write"))
                .body("exp", equalTo(2_000_000_000));
        introspect(2, fos.token("machine-access", "")).then().body("active", equalTo(true));
        introspect(1, fos.token("refresh", "Alice")).then().body("token_use", equalTo("refresh_token"));
        introspect(1, fos.token("dead-access", "Alice")).then().body("active", equalTo(false));
        refresh(fos.token("dead-refresh", "Alice")).then().statusCode(400);
        refresh(fos.token("access", "Alice")).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void a_token_without_an_end_gets_one() {
        imported("--links-mean", "assignment");
        introspect(1, fos.token("access", "sha512")).then().body("active", equalTo(true));
        service.clock.advance(Duration.ofDays(15));
        introspect(1, fos.token("access", "sha512")).then().body("active", equalTo(false));
    }

    @Test
    void an_old_refresh_token_becomes_a_new_pair_may_be_retried_and_kills_when_used_again() {
        imported("--links-mean", "assignment");
        String old = fos.token("refresh", "Alice");
        Response first = refresh(old);
        first.then().body("access_token", startsWith("sat_")).body("refresh_token", startsWith("srt_"));
        Granted granted = Granted.by(first);
        assertEquals("read write", granted.scope());
        assertEquals(granted.access(), Granted.by(refresh(old)).access());
        service.clock.advance(Duration.ofMinutes(1));
        refresh(old).then().statusCode(400);
        introspect(1, granted.access()).then().body("active", equalTo(false));
    }

    @Test
    void old_tokens_are_revoked_by_the_client_by_a_password_and_by_unlinking_and_no_second_import_revives_them() {
        imported("--links-mean", "assignment");
        String revoked = fos.token("access", "Alice");
        TestService.post("/oauth/v2/revoke", service.as(fos.client(1), fos.secret(1)), "token", revoked)
                .then()
                .statusCode(200);
        service.run("user set-password sha512 --password other");
        JsonNode second = imported("--links-mean", "assignment");
        assertEquals("5 read, 0 imported, 4 already, 1 left out", counts(second, "access_tokens"));
        for (String token : List.of(revoked, fos.token("access", "sha512"), fos.token("refresh", "sha512"))) {
            introspect(1, token).then().body("active", equalTo(false));
        }
    }

    @Test
    void old_clients_authenticate_by_id_and_secret_and_one_without_a_secret_is_public() {
        imported("--links-mean", "assignment");
        Response machine = TestService.post(
                "/oauth/v2/token", service.as(fos.client(2), fos.secret(2)), "grant_type", "client_credentials");
        machine.then().statusCode(200);
        TestService.post("/oauth/v2/token", service.as(fos.client(2), "wrong"), "grant_type", "client_credentials")
                .then()
                .statusCode(401);
        String shown = service.run("client show " + fos.client(3));
        assertTrue(shown.contains("kind           public") && !shown.contains("client_credentials"), shown);
        String web = service.run("client show " + fos.client(1));
        assertTrue(web.contains("grants         authorization_code password refresh_token\n"), web);
        assertTrue(web.contains("redirect_uris  https://app.example.com/callback\n"), web);
        assertTrue(web.contains("policy_mode    audit\n"), web);
    }

    @Test
    void bob_gets_in_and_into_the_report_until_enforced() {
        imported("--links-mean", "assignment");
        login("bob", "bob-password").then().statusCode(200);
        login("Alice", "alice-password").then().statusCode(200);
        String report = service.run("policy report");
        assertTrue(report.contains("bob") && !report.contains("Alice"), report);
        service.run("client update " + fos.client(1) + " --policy-mode enforce");
        login("bob", "bob-password").then().statusCode(400);
        introspect(1, fos.token("access", "bob")).then().body("active", equalTo(false));
        introspect(1, fos.token("access", "Alice")).then().body("active", equalTo(true));
    }

    @Test
    void links_are_assignments_or_consents_or_nothing_and_somebody_has_to_say_which() {
        Outcome nobody = attempt();
        assertEquals(2, nobody.exitCode());
        assertTrue(nobody.err().contains("--links-mean takes assignment"), nobody.err());
        assertEquals("[]", service.run("user list --json").strip());
        imported("--links-mean", "consent", "--policy-mode", "enforce");
        assertEquals("[]", service.run("link list --json").strip());
        assertTrue(service.run("consent list --json").contains("\"username\":\"Alice\""));
        login("Alice", "alice-password").then().statusCode(400);
    }

    @Test
    void on_a_terminal_somebody_is_asked_what_links_mean() {
        Outcome outcome = service.attemptAsPerson("consent", "import", "fos", "--jdbc-url", fos.url());
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertTrue(service.run("consent list --json").contains("Alice"));
        assertTrue(outcome.err().contains("100 %"), outcome.err());
    }

    @Test
    void a_dry_run_says_the_same_and_changes_nothing() {
        JsonNode dry = imported("--links-mean", "assignment", "--dry-run");
        assertEquals("[]", service.run("user list --json").strip());
        assertEquals("[]", service.run("client list --json").strip());
        JsonNode real = imported("--links-mean", "assignment");
        assertEquals(dry.get("counts"), real.get("counts"));
        assertEquals(dry.get("changed"), real.get("changed"));
    }

    @Test
    void the_second_time_changes_nothing_and_brings_back_no_link_that_was_removed() {
        imported("--links-mean", "assignment");
        service.run("link remove Alice " + fos.client(1));
        String users = exported("user");
        String clients = exported("client");
        String links = service.run("link list --json");
        JsonNode second = imported("--links-mean", "assignment");
        assertEquals("3 read, 0 imported, 3 already, 0 left out", counts(second, "clients"));
        assertEquals("21 read, 0 imported, 21 already, 0 left out", counts(second, "users"));
        assertEquals("20 read, 0 imported, 20 already, 0 left out", counts(second, "links"));
        assertEquals(users, exported("user"));
        assertEquals(clients, exported("client"));
        assertEquals(links, service.run("link list --json"));
        fos.execute(
                "INSERT INTO fos_user (username, username_canonical, email, email_canonical, enabled, salt, password,"
                        + " locked, expired, credentials_expired, roles) SELECT 'new', 'new', 'n', 'n', enabled, salt, password,"
                        + " locked, expired, credentials_expired, roles FROM fos_user WHERE username = 'bob';"
                        + " INSERT INTO fos_user__to__oauth_clients SELECT id, 1 FROM fos_user WHERE username = 'new'");
        assertEquals(
                "22 read, 1 imported, 21 already, 0 left out", counts(imported("--links-mean", "assignment"), "users"));
        assertTrue(service.run("link list --user new").contains(fos.client(1)));
    }

    @Test
    void the_report_tells_what_was_found_what_was_dropped_and_which_secrets_are_weak() {
        JsonNode report = imported("--links-mean", "assignment");
        assertEquals("oauth2_clients", report.get("tables").get("clients").textValue());
        assertEquals(
                "fos_user__to__oauth_clients", report.get("tables").get("links").textValue());
        assertEquals("21 read, 21 imported, 0 already, 0 left out", counts(report, "users"));
        assertEquals("20 read, 20 imported, 0 already, 0 left out", counts(report, "links"));
        assertEquals("5 read, 4 imported, 0 already, 1 left out", counts(report, "access_tokens"));
        assertEquals("{\"ROLE_ADMIN\":1,\"ROLE_EDITOR\":1}", report.get("roles").toString());
        assertEquals(3, report.get("changed").get("count").intValue());
        assertEquals(
                "[{\"row\":\"" + fos.client(1) + "\",\"what\":\"oauth2_clients 1\"}]",
                report.get("weak_secrets").get("entries").toString());
        service.run("client rotate-secret " + fos.client(1) + " --keep-old 24h");
        login("Alice", "alice-password").then().statusCode(200);
        String text = attempt("--links-mean", "assignment").out();
        assertTrue(text.contains("policy report") && text.contains("--policy-mode enforce"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE fos_user SET roles = 'a:1:{i:0;s:9:"ROLE_X";}' WHERE id = 7        | fos_user 7: roles: broken serialize string
            UPDATE fos_user SET roles = 'O:8:"stdClass":0:{}' WHERE id = 7            | fos_user 7: roles: broken serialize string
            UPDATE fos_user SET password = 'alice{salt}' WHERE id = 7                 | fos_user 7: unknown password hash
            UPDATE fos_user SET password = replace(password, '$05$', '$31$') WHERE id = 1 | fos_user 1: unknown password hash
            UPDATE fos_user SET username = 'ALICE' WHERE id = 7                       | fos_user 7: another user has the name ALICE
            UPDATE fos_user SET username = '' WHERE id = 7                            | fos_user 7: no name
            UPDATE fos_user__to__oauth_clients SET client_id = 9 WHERE user_id = 7    | fos_user__to__oauth_clients 7,9: its client 9 does not exist
            UPDATE fos_user__to__oauth_clients SET user_id = 99 WHERE user_id = 7     | fos_user__to__oauth_clients 99,1: its user 99 does not exist
            UPDATE oauth2_access_tokens SET user_id = 99 WHERE id = 1                 | oauth2_access_tokens 1: its user 99 does not exist
            UPDATE oauth2_refresh_tokens SET token = 'short' WHERE id = 1             | oauth2_refresh_tokens 1: a token of 32
            UPDATE oauth2_clients SET allowed_grant_types = 'a:9:{' WHERE id = 1      | oauth2_clients 1: broken serialize string
            UPDATE oauth2_clients SET allowed_grant_types = 'a:0:{}' WHERE id = 2     | oauth2_clients 2: no grant
            """)
    void a_bad_row_is_named_and_stops_all_unless_it_may_be_left_out(String sql, String words) {
        fos.execute(sql);
        Outcome outcome = attempt("--links-mean", "assignment");
        assertEquals(1, outcome.exitCode(), outcome::toString);
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains(words), outcome.err());
        assertTrue(outcome.err().contains("nothing was imported"), outcome.err());
        assertEquals("[]", service.run("user list --json").strip());
        assertEquals("[]", service.run("client list --json").strip());
        JsonNode report = imported("--links-mean", "assignment", "--skip-bad");
        JsonNode bad = report.get("bad").get("entries").get(0);
        assertTrue((bad.get("row").textValue() + ": " + bad.get("what").textValue()).contains(words), bad::toString);
        assertNotEquals("[]", service.run("user list --json").strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:sqlite:none.db             | --links-mean nothing                    | cannot be opened
            jdbc:nothing://x                | --links-mean nothing                    | no JDBC driver
            jdbc:postgresql://127.0.0.1:1/x | --links-mean nothing                    | cannot be opened
            fos                             | --links-mean nothing --user-table nobody | there is no table nobody
            fos                             | --links-mean nothing --user-table oauth2_clients | no column username
            """)
    void a_wrong_url_or_a_missing_table_is_one_line(String url, String options, String words) {
        List<String> command =
                new ArrayList<>(List.of("import", "fos", "--jdbc-url", url.equals("fos") ? fos.url() : url));
        command.addAll(List.of(options.split(" ")));
        Outcome outcome = service.attempt(command.toArray(String[]::new));
        assertEquals(1, outcome.exitCode(), outcome::toString);
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(words), outcome.err());
        assertFalse(Files.exists(Path.of("none.db")));
    }

    @Test
    void a_jar_of_a_driver_that_is_broken_is_one_line(@TempDir Path drivers) throws IOException {
        try (var jar = new ZipOutputStream(Files.newOutputStream(drivers.resolve("driver.jar")))) {
            jar.putNextEntry(new ZipEntry("META-INF/services/java.sql.Driver"));
            jar.write("com.example.Gone".getBytes(StandardCharsets.UTF_8));
        }
        Outcome outcome = service.attempt(
                "import",
                "fos",
                "--jdbc-url",
                "jdbc:nothing://x",
                "--links-mean",
                "nothing",
                "--drivers",
                drivers.toString());
        assertEquals(1, outcome.exitCode(), outcome::toString);
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains("jdbc:nothing://x cannot be opened: "), outcome.err());
        assertTrue(outcome.err().contains("com.example.Gone"), outcome.err());
    }

    @Test
    void other_names_of_tables_are_given() {
        fos.execute("ALTER TABLE oauth2_clients RENAME TO apps; ALTER TABLE fos_user RENAME TO people;"
                + " ALTER TABLE fos_user__to__oauth_clients RENAME TO granted;"
                + " ALTER TABLE oauth2_access_tokens RENAME TO at; ALTER TABLE oauth2_refresh_tokens RENAME TO rt");
        JsonNode report = imported(
                "--client-table",
                "apps",
                "--user-table",
                "people",
                "--link-table",
                "granted",
                "--token-tables",
                "at,rt",
                "--links-mean",
                "assignment");
        assertEquals("20 read, 20 imported, 0 already, 0 left out", counts(report, "links"));
        introspect(1, fos.token("access", "Alice")).then().body("active", equalTo(true));
    }
}
