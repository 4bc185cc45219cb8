package dev.symbolon.cli;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkCommandsTest extends CommandTest {
    @Test
    void the_json_of_a_link_has_exactly_the_members_of_the_contract() {
        JsonNode link = json("link add bob 1_aaa");
        assertEquals(Set.of("username", "client_id", "scopes", "created_at"), members(link));
        assertEquals("bob", link.get("username").textValue());
        assertEquals("1_aaa", link.get("client_id").textValue());
        assertTrue(link.get("scopes").isNull());
        assertTrue(link.get("created_at").textValue().matches(TIME), link.toString());
        assertEquals(
                "[\"read\"]",
                json("link add bob 1_aaa --scope read").get("scopes").toString());
    }

    @Test
    void adding_a_link_twice_is_one_link_with_the_scopes_of_the_last() {
        service.run("link add bob 1_aaa --scope read");
        service.run("link add BOB 1_aaa --scope read,write");
        JsonNode links = json("link list --user bob");
        assertEquals(1, links.size());
        assertEquals("[\"read\",\"write\"]", links.get(0).get("scopes").toString());
        service.run("link add bob 1_aaa");
        assertTrue(json("link list --user bob").get(0).get("scopes").isNull());
    }

    @Test
    void a_link_holds_from_the_next_request() {
        service.password("bob").then().statusCode(400);
        service.run("link add bob 1_aaa");
        service.password("bob").then().statusCode(200);
        service.run("link remove bob 1_aaa");
        service.password("bob").then().statusCode(400);
    }

    @Test
    void a_link_with_scopes_grants_at_most_these() {
        service.run("link add bob 1_aaa --scope read --scope other");
        service.password("bob").then().statusCode(200).body("scope", equalTo("read"));
        service.password("bob", "scope", "write").then().statusCode(400).body("error", equalTo("invalid_scope"));
    }

    @Test
    void narrowing_a_link_narrows_the_tokens_that_are_out() {
        String token = aliceToken();
        service.run("link add alice 1_aaa --scope read");
        service.introspect(token).then().body("active", equalTo(true)).body("scope", equalTo("read"));
        service.run("link add alice 1_aaa");
        service.introspect(token).then().body("scope", equalTo("read write"));
    }

    @Test
    void tokens_that_died_with_a_link_stay_dead_when_it_comes_back() {
        String token = aliceToken();
        service.run("link remove alice 1_aaa");
        service.run("link add alice 1_aaa");
        assertFalse(service.isActive(token));
        assertTrue(service.isActive(aliceToken()));
    }

    @Test
    void removing_a_link_kills_nothing_where_the_policy_does_not_enforce_it() {
        service.run("client update 1_aaa --policy allow-all");
        String token = aliceToken();
        service.run("link remove alice 1_aaa");
        assertTrue(service.isActive(token));
    }

    @Test
    void removing_a_link_touches_no_other_pair() {
        service.run("link add bob 1_aaa");
        String alice = aliceToken();
        service.run("link remove bob 1_aaa");
        assertTrue(service.isActive(alice));
    }

    @Test
    void removing_a_link_that_is_not_there_says_so() {
        fails(1, "bob is not linked to 1_aaa", "link", "remove", "bob", "1_aaa");
        fails(1, "there is no user nobody", "link", "remove", "nobody", "1_aaa");
        fails(1, "there is no client nothing", "link", "remove", "bob", "nothing");
    }

    @Test
    void a_link_needs_a_user_and_a_client_that_are_there_and_scopes_that_can_be() {
        fails(1, "there is no user nobody", "link", "add", "nobody", "1_aaa");
        fails(1, "there is no client nothing", "link", "add", "bob", "nothing");
        fails(2, "scope", "link", "add", "bob", "1_aaa", "--scope", "a b");
        assertEquals(1, json("link list").size());
    }

    @Test
    void list_is_filtered_by_user_and_by_client() {
        service.run("client create --id other --name O --grant password");
        service.run("link add alice other");
        service.run("link add bob other");
        assertEquals(3, json("link list").size());
        assertEquals(2, json("link list --user ALICE").size());
        assertEquals(2, json("link list --client other").size());
        assertEquals(1, json("link list --user alice --client other").size());
        assertEquals("[]", json("link list --user bob --client 1_aaa").toString());
        fails(1, "there is no user nobody", "link", "list", "--user", "nobody", "--json");
        fails(1, "there is no client nothing", "link", "list", "--client", "nothing", "--json");
        String table = service.run("link list --user bob");
        assertTrue(
                table.matches("USER +GROUP +CLIENT +SCOPES +UNTIL +CREATED\nbob +- +other +all +- +" + TIME + "\n"),
                table);
    }
}
