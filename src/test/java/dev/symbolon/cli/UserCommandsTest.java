package dev.symbolon.cli;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.TestService.Outcome;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserCommandsTest extends CommandTest {
    private ValidatableResponse login(String user, String password) {
        return service.token("grant_type", "password", "username", user, "password", password)
                .then();
    }

    @Test
    void a_created_user_can_be_linked_and_log_in_at_once() {
        service.run("user create carol --password carol-password");
        service.run("link add carol 1_aaa");
        login("carol", "carol-password").statusCode(200);
    }

    @Test
    void the_json_of_a_user_has_exactly_the_members_of_the_contract() {
        JsonNode user = json("user show alice");
        assertEquals(Set.of("id", "username", "enabled", "created_at"), members(user));
        assertEquals("alice", user.get("username").textValue());
        assertTrue(user.get("enabled").booleanValue());
        assertTrue(user.get("created_at").textValue().matches(TIME), user.toString());
        JsonNode created = json("user create carol --password x");
        assertEquals(json("user show carol"), created);
    }

    @Test
    void list_shows_every_user_in_an_array_and_in_a_table() {
        service.clock.advance(Duration.ofSeconds(1)); // users made later come later
        service.run("user create aaron --password x");
        JsonNode list = json("user list");
        assertEquals(3, list.size());
        assertEquals(Set.of(json("user show alice"), json("user show bob")), Set.of(list.get(0), list.get(1)));
        assertEquals(json("user show aaron"), list.get(2));
        String table = service.run("user list");
        assertTrue(table.matches("(?s)USER +STATE .*\n(alice|bob) +enabled .*\naaron +enabled .*\n"), table);
    }

    @Test
    void a_name_is_taken_in_whatever_case_and_composition() {
        fails(1, "there is a user ALICE already", "user", "create", "ALICE", "--password", "x");
        service.run("user create jos\u00e9 --password x");
        fails(1, "already", "user", "create", "JOSE\u0301", "--password", "x");
        assertEquals("alice", json("user show Alice").get("username").textValue());
    }

    @Test
    void a_name_that_is_empty_too_long_or_has_control_characters_is_refused() {
        for (String name : new String[] {"", " ", "a\nb", "a\u001b[2Jb", "a\u0000b", "a\u009bb", "x".repeat(1025)}) {
            fails(2, "a user name must have", "user", "create", name, "--password", "x");
        }
        service.attempt("user", "create", "x".repeat(1024), "--password", "x");
        assertEquals(3, json("user list").size());
    }

    @Test
    void a_password_that_is_empty_too_long_or_has_a_nul_is_refused() {
        for (String password : new String[] {"", "a\u0000b", "x".repeat(1025)}) {
            fails(2, "a password or secret must have", "user", "create", "carol", "--password", password);
            fails(2, "a password or secret must have", "user", "set-password", "alice", "--password", password);
        }
        login("alice", "alice-password").statusCode(200);
        fails(1, "there is no user carol", "user", "show", "carol");
    }

    @Test
    void a_name_that_would_turn_the_reading_direction_round_is_shown_harmlessly() {
        assertEquals(
                0,
                service.attempt("user", "create", "a\u202eb", "--password", "x").exitCode());
        assertFalse(service.run("user list").contains("\u202e"));
        fails(1, "there is no user a?c", "user", "show", "a\u202ec");
    }

    @Test
    void a_password_is_read_from_standard_input_one_line_without_its_end() {
        for (String input : new String[] {"pass word \n", "pass word \r\n", "pass word ", "pass word \nnext\n"}) {
            Outcome outcome = service.attemptWithInput(input, "user", "set-password", "alice", "--password-stdin");
            assertEquals(0, outcome.exitCode(), outcome::toString);
            login("alice", "pass word ").statusCode(200);
            service.run("user set-password alice --password other");
        }
    }

    @Test
    void a_password_in_a_line_that_is_missing_empty_or_no_text_is_refused() {
        assertFailed(1, "standard input", service.attempt("user", "create", "carol", "--password-stdin"));
        assertFailed(
                2,
                "a password or secret must have",
                service.attemptWithInput("\n", "user", "create", "carol", "--password-stdin"));
        assertFailed(
                1,
                "longer than",
                service.attemptWithInput("x".repeat(70_000), "user", "create", "carol", "--password-stdin"));
    }

    @Test
    void without_a_terminal_to_ask_on_a_password_has_to_be_given() {
        fails(2, "--password-stdin", "user", "create", "carol");
        fails(2, "--password-stdin", "user", "set-password", "alice");
    }

    @Test
    void a_disabled_user_is_out_at_once_and_their_tokens_stay_dead() {
        String token = aliceToken();
        assertFalse(json("user disable alice").get("enabled").booleanValue());
        assertFalse(service.isActive(token));
        login("alice", "alice-password").statusCode(400).body("error", equalTo("invalid_grant"));
        assertTrue(json("user enable alice").get("enabled").booleanValue());
        login("alice", "alice-password").statusCode(200);
        assertFalse(service.isActive(token));
    }

    @Test
    void a_new_password_holds_at_once_and_kills_the_tokens_of_the_old_one() {
        String token = aliceToken();
        service.run("user set-password alice --password new");
        assertFalse(service.isActive(token));
        login("alice", "alice-password").statusCode(400);
        login("alice", "new").statusCode(200);
    }

    @Test
    void a_deleted_user_is_gone_with_their_links_and_another_of_that_name_is_another() {
        String token = aliceToken();
        service.run("user delete alice");
        login("alice", "alice-password").statusCode(400);
        assertFalse(service.isActive(token));
        assertEquals("[]", json("link list").toString());
        service.run("user create alice --password alice-password");
        login("alice", "alice-password")
                .statusCode(400)
                .body("error_description", equalTo("user is not linked to this client"));
        assertFalse(service.isActive(token));
    }

    @Test
    void a_password_is_never_shown_nor_stored() throws Exception {
        service.run("user create carol --password uniquely-known");
        String shown = service.run("user list --json") + service.run("user show carol --json");
        assertFalse(shown.contains("uniquely-known") || shown.contains("$2"), shown);
        String stored = new String(service.databaseBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertFalse(stored.contains("uniquely-known"));
        assertFalse(stored.contains("alice-password"));
    }

    @Test
    void a_user_who_is_not_there_is_named_and_the_exit_code_is_1() {
        for (String command : new String[] {"show", "disable", "enable", "delete"}) {
            fails(1, "there is no user nobody", "user", command, "nobody");
        }
        fails(1, "there is no user nobody", "user", "set-password", "nobody", "--password", "x");
        fails(1, "there is no user no?[31mbody", "user", "show", "no\u001b[31mbody");
    }
}
