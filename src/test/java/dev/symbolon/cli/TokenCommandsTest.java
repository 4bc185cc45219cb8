package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenCommandsTest extends CommandTest {
    private JsonPath login(String user) {
        return service.password(user).then().statusCode(200).extract().jsonPath();
    }

    private String clientToken() {
        return service.token("grant_type", "client_credentials")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private boolean areActive(JsonPath tokens) {
        boolean access = service.isActive(tokens.getString("access_token"));
        assertEquals(access, service.isActive(tokens.getString("refresh_token")));
        return access;
    }

    @Test
    void the_json_of_a_token_has_exactly_the_members_of_the_contract() {
        login("alice");
        JsonNode tokens = json("token list");
        assertEquals(2, tokens.size());
        for (JsonNode token : tokens) {
            assertEquals(
                    Set.of("id", "kind", "client_id", "username", "scopes", "issued_at", "expires_at"), members(token));
            assertEquals("1_aaa", token.get("client_id").textValue());
            assertEquals("alice", token.get("username").textValue());
            assertEquals("[\"read\",\"write\"]", token.get("scopes").toString());
            assertEquals(
                    service.clock.instant().toString(), token.get("issued_at").textValue());
            assertTrue(token.get("expires_at").textValue().matches(TIME));
        }
        assertEquals(Set.of("access", "refresh"), Set.copyOf(tokens.findValuesAsText("kind")));
    }

    @Test
    void a_token_without_a_user_has_null_for_its_name_and_expires_as_the_response_said() {
        clientToken();
        JsonNode token = json("token list").get(0);
        assertTrue(token.get("username").isNull());
        assertEquals(
                service.clock.instant().plus(Duration.ofHours(1)),
                Instant.parse(token.get("expires_at").textValue()));
    }

    @Test
    void no_value_of_a_token_is_ever_shown() {
        JsonPath tokens = login("alice");
        String shown = service.run("token list") + service.run("token list --json");
        assertFalse(shown.contains("sat_") || shown.contains("srt_"), shown);
        assertFalse(shown.contains(tokens.getString("access_token").substring(30)), shown);
        assertEquals(3, service.run("token list").lines().count());
    }

    @Test
    void list_is_empty_when_nothing_lives_and_filtered_by_user_and_client() {
        assertEquals("[]\n", service.run("token list --json"));
        assertEquals(1, service.run("token list").lines().count());
        login("alice");
        clientToken();
        assertEquals(3, json("token list").size());
        assertEquals(2, json("token list --user Alice").size());
        assertEquals(3, json("token list --client 1_aaa").size());
        assertEquals(2, json("token list --client 1_aaa --user alice").size());
        assertEquals("[]", json("token list --user bob").toString());
        assertEquals("[]", json("token list --client 2_ccc").toString());
        fails(1, "there is no user nobody", "token", "list", "--user", "nobody");
        fails(1, "there is no client nothing", "token", "list", "--client", "nothing");
    }

    @Test
    void list_leaves_out_what_is_expired_rotated_revoked_or_dead_with_its_user() {
        login("alice");
        service.clock.advance(Duration.ofHours(2));
        assertEquals("refresh", json("token list").findValuesAsText("kind").get(0));
        JsonPath tokens = login("alice");
        service.refresh(tokens.getString("refresh_token")).then().statusCode(200);
        assertEquals(4, json("token list").size());
        service.revoke(tokens.getString("refresh_token")).then().statusCode(200);
        assertEquals(1, json("token list").size());
        service.run("user disable alice");
        assertEquals("[]", json("token list").toString());
    }

    @Test
    void list_shows_the_scopes_that_the_policy_allows_now() {
        login("alice");
        service.run("link add alice 1_aaa --scope read");
        assertEquals("[\"read\"]", json("token list").get(0).get("scopes").toString());
    }

    @Test
    void revoking_by_user_ends_all_of_the_user_and_nothing_else() {
        service.run("link add bob 1_aaa");
        JsonPath alice = login("alice");
        JsonPath bob = login("bob");
        service.run("token revoke --user ALICE");
        assertFalse(areActive(alice));
        assertTrue(areActive(bob));
        assertTrue(areActive(login("alice")));
    }

    @Test
    void revoking_by_client_ends_all_of_the_client() {
        JsonPath alice = login("alice");
        String own = clientToken();
        service.run("token revoke --client 1_aaa");
        assertFalse(areActive(alice));
        assertFalse(service.isActive(own));
        assertEquals("[]", json("token list").toString());
        assertTrue(service.isActive(clientToken()));
    }

    @Test
    void revoking_one_token_takes_its_family_along_and_no_other() {
        JsonPath one = login("alice");
        JsonPath other = login("alice");
        String id = service.introspect(one.getString("access_token"))
                .then()
                .extract()
                .path("jti");
        assertTrue(json("token list").findValuesAsText("id").contains(id));
        service.run("token revoke --id " + id);
        assertFalse(areActive(one));
        assertTrue(areActive(other));
        service.refresh(one.getString("refresh_token")).then().statusCode(400);
    }

    @Test
    void revoking_a_token_without_a_family_ends_it() {
        String token = clientToken();
        service.run("token revoke --id " + json("token list").get(0).get("id").textValue());
        assertFalse(service.isActive(token));
    }

    @Test
    void what_is_to_be_revoked_has_to_be_there() {
        String id = "00000000-0000-0000-0000-000000000000";
        fails(1, "there is no token " + id, "token", "revoke", "--id", id);
        fails(1, "there is no user nobody", "token", "revoke", "--user", "nobody");
        fails(1, "there is no client nothing", "token", "revoke", "--client", "nothing");
    }

    @Test
    void purge_deletes_what_is_expired_and_tells_how_much() {
        login("alice");
        clientToken();
        assertEquals(0, json("token purge").get("purged").intValue());
        service.clock.advance(Duration.ofHours(2));
        assertEquals(2, json("token purge").get("purged").intValue());
        assertEquals(0, json("token purge").get("purged").intValue());
        assertEquals(1, json("token list").size());
    }
}
