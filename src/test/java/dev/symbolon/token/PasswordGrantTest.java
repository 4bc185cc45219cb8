package dev.symbolon.token;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 section 4.3, and what a user name and a password are. */
class PasswordGrantTest {
    private static final String WRONG = "user name or password is wrong";

    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_linked_user_gets_an_access_and_a_refresh_token() {
        Response response = service.password("alice");
        response.then()
                .statusCode(200)
                .contentType(equalTo("application/json"))
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .body("access_token", matchesRegex("sat_[A-Za-z0-9_-]{43,124}"))
                .body("refresh_token", matchesRegex("srt_[A-Za-z0-9_-]{43,124}"))
                .body("token_type", equalTo("bearer"))
                .body("expires_in", is(3600))
                .body("scope", equalTo("read write"));
        assertEquals(
                Set.of("access_token", "token_type", "expires_in", "refresh_token", "scope"),
                response.jsonPath().getMap("$").keySet());
    }

    @Test
    void without_the_refresh_grant_there_is_no_refresh_token() {
        service.run("client create --id plain --secret s --name Plain --grant password --scope read");
        service.run("link add alice plain");
        Granted granted = Granted.by(login("plain", "alice", "alice-password"));
        assertNull(granted.refresh());
        assertEquals("read", granted.scope());
    }

    @Test
    void an_unknown_user_a_wrong_password_and_a_disabled_user_get_the_very_same_answer() {
        user("gone", "gone-password");
        service.run("user disable gone");
        assertEquals(WRONG, refusedByEndpoint(login("alice", "wrong"), 400, "invalid_grant"));
        String wrong = login("alice", "wrong").asString();
        assertEquals(wrong, login("nobody", "wrong").asString());
        assertEquals(wrong, login("gone", "gone-password").asString());
        assertEquals(wrong, login("gone", "wrong").asString());
        assertEquals(wrong, login("x".repeat(2000), "wrong").asString());
    }

    @Test
    void a_denied_user_learns_of_the_denial_only_after_the_password_proved_right() {
        assertEquals(
                "user is not linked to this client",
                refusedByEndpoint(login("bob", "bob-password"), 400, "invalid_grant"));
        assertEquals(WRONG, refusedByEndpoint(login("bob", "wrong"), 400, "invalid_grant"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALICE", "Alice", "aLiCe"})
    void user_names_compare_without_case_and_keep_the_case_they_were_made_with(String name) {
        String token = Granted.by(login(name, "alice-password")).access();
        service.introspect(token).then().body("username", equalTo("alice"));
        assertEquals(
                1, service.attempt("user", "create", name, "--password", "x").exitCode());
    }

    @Test
    void user_names_of_other_scripts_compare_without_case_and_in_any_unicode_form() {
        user("\u00c9lo\u00efse", "pw");
        Granted.by(login("\u00e9LO\u00cfSE", "pw"));
        Granted.by(login(Normalizer.normalize("\u00e9lo\u00efse", Normalizer.Form.NFD), "pw"));
        refusedByEndpoint(login("eloise", "pw"), 400, "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice ", " alice", "alice%", "al_ce", "alice' OR '1'='1", "\u0430lice"})
    void another_name_is_another_user(String name) {
        refusedByEndpoint(login(name, "alice-password"), 400, "invalid_grant");
    }

    @Test
    void nfc_and_nfd_forms_of_a_password_match_but_compatibility_forms_do_not() {
        user("composer", "pa\u00dfwort-\u00e9\u00fc\ufb01");
        Granted.by(login("composer", "pa\u00dfwort-\u00e9\u00fc\ufb01"));
        Granted.by(login("composer", "pa\u00dfwort-e\u0301u\u0308\ufb01"));
        refusedByEndpoint(login("composer", "pa\u00dfwort-\u00e9\u00fcfi"), 400, "invalid_grant");
        refusedByEndpoint(login("composer", "PA\u00dfwort-\u00e9\u00fc\ufb01"), 400, "invalid_grant");
        user("decomposer", "e\u0301");
        Granted.by(login("decomposer", "\u00e9"));
    }

    @Test
    void passwords_that_share_their_first_72_bytes_are_different() {
        String start = "x".repeat(72);
        user("long", start + "1");
        Granted.by(login("long", start + "1"));
        for (String other : new String[] {start, start + "2", start + "11", start + "\u00e4"}) {
            refusedByEndpoint(login("long", other), 400, "invalid_grant");
        }
    }

    @Test
    void passwords_that_are_equal_up_to_a_nul_are_different() {
        user("short", "abc");
        for (String other : new String[] {"abc\0", "abc\0abc", "\0abc", "\0"}) {
            refusedByEndpoint(login("short", other), 400, "invalid_grant");
        }
        assertNotEquals(0, setPassword("short", "abc\0def"));
        assertNotEquals(0, setPassword("short", "\0"));
        assertNotEquals(0, setPassword("short", ""));
        Granted.by(login("short", "abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9", "\u20ac", "\ud83d\ude00"})
    void a_password_of_1024_characters_is_accepted_and_one_of_1025_never_matches(String character) {
        String longest = character.repeat(1024);
        user("limit", longest);
        Granted.by(login("limit", longest));
        refusedByEndpoint(login("limit", longest + character), 400, "invalid_grant");
        refusedByEndpoint(login("limit", character.repeat(1023)), 400, "invalid_grant");
        assertNotEquals(0, setPassword("limit", longest + character));
        service.run("user delete limit");
    }

    @Test
    void the_1024_characters_of_a_password_are_counted_in_nfc() {
        user("counted", "\u00e9".repeat(1024));
        Granted.by(login("counted", "e\u0301".repeat(1024)));
        refusedByEndpoint(login("counted", "e\u0301".repeat(1025)), 400, "invalid_grant");
    }

    @Test
    void a_user_name_may_have_1024_characters_of_any_kind() {
        String longest = "\ud83d\ude00".repeat(1024);
        user(longest, "pw");
        service.introspect(Granted.by(login(longest, "pw")).access()).then().body("username", equalTo(longest));
        assertNotEquals(
                0,
                service.attempt("user", "create", "y".repeat(1025), "--password", "x")
                        .exitCode());
    }

    @Test
    void name_and_password_have_to_be_there() {
        for (String missing : new String[] {"username", "password"}) {
            String there = missing.equals("username") ? "password" : "username";
            String words =
                    refusedByEndpoint(service.token("grant_type", "password", there, "alice"), 400, "invalid_request");
            assertTrue(words.contains(missing), words);
            refusedByEndpoint(
                    service.token("grant_type", "password", there, "alice", missing, ""), 400, "invalid_request");
        }
    }

    private static void user(String name, String password) {
        var created = service.attempt("user", "create", name, "--password", password);
        assertEquals(0, created.exitCode(), created.err());
        assertEquals(0, service.attempt("link", "add", name, "1_aaa").exitCode());
    }

    private static int setPassword(String name, String password) {
        return service.attempt("user", "set-password", name, "--password", password)
                .exitCode();
    }

    private static Response login(String name, String password) {
        return service.token("grant_type", "password", "username", name, "password", password);
    }

    private static Response login(String client, String name, String password) {
        return TestService.post(
                "/oauth/v2/token",
                service.as(client, "s"),
                "grant_type",
                "password",
                "username",
                name,
                "password",
                password);
    }
}
