package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupCommandsTest extends CommandTest {
    @Test
    void a_group_has_a_name_and_members() {
        JsonNode group = json("group create staff");
        assertEquals(Set.of("name", "members", "created_at"), members(group));
        assertEquals("staff", group.get("name").textValue());
        assertEquals(0, group.get("members").intValue());
        assertTrue(group.get("created_at").textValue().matches(TIME), group.toString());
        JsonNode member = json("group add staff BOB");
        assertEquals(Set.of("group", "username", "created_at"), members(member));
        assertEquals("bob", member.get("username").textValue());
        service.run("group add staff alice");
        service.run("group create another");
        assertEquals("another 0 staff 2", name(0) + " " + count(0) + " " + name(1) + " " + count(1));
        assertEquals(2, json("group members staff").size());
        String table = service.run("group members staff");
        assertTrue(table.matches("USER +SINCE\n((alice|bob) +" + TIME + "\n){2}"), table);
        assertTrue(service.run("group list").startsWith("GROUP    MEMBERS  CREATED\nanother  0        "));
    }

    private String name(int index) {
        return json("group list").get(index).get("name").textValue();
    }

    private String count(int index) {
        return json("group list").get(index).get("members").toString();
    }

    @Test
    void adding_a_member_twice_is_no_error_and_stays_one_membership() {
        service.run("group create staff");
        JsonNode first = json("group add staff bob");
        assertEquals(first, json("group add staff bob"));
        assertEquals(1, json("group members staff").size());
    }

    @Test
    void removing_what_is_not_there_says_so() {
        service.run("group create staff");
        fails(1, "bob is not in group staff", "group", "remove", "staff", "bob");
        fails(1, "group staff is not linked to 1_aaa", "link", "remove", "--group", "staff", "1_aaa");
        service.run("group delete staff");
        fails(1, "there is no group staff", "group", "delete", "staff");
    }

    @Test
    void what_is_unknown_is_named() {
        service.run("group create staff");
        fails(1, "there is a group staff already", "group", "create", "staff");
        fails(1, "there is no group nothing", "group", "members", "nothing");
        fails(1, "there is no group nothing", "group", "add", "nothing", "bob");
        fails(1, "there is no user nobody", "group", "add", "staff", "nobody");
        fails(1, "there is no user nobody", "group", "remove", "staff", "nobody");
        fails(1, "there is no group nothing", "link", "add", "--group", "nothing", "1_aaa");
        fails(1, "there is no client nothing", "link", "add", "--group", "staff", "nothing");
        fails(1, "there is no group no?[31mthing", "group", "delete", "no\u001b[31mthing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "a\nb", "a\u0000b", "a\u202eb", "a\u00a0b"})
    void a_name_with_spaces_quotes_or_what_cannot_be_seen_is_refused(String name) {
        fails(2, "group name", "group", "create", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"staff", "Büro-München", "a.b_c:d/e@f", "群组", "*"})
    void other_names_are_compared_as_they_are(String name) {
        assertEquals(0, service.attempt("group", "create", name).exitCode());
        assertEquals(0, service.attempt("group", "add", name, "bob").exitCode());
        service.run("group create STAFF");
        assertEquals(
                0, service.attempt("link", "add", "--group=" + name, "1_aaa").exitCode());
        service.password("bob").then().statusCode(200);
        assertEquals(name, json("link list --user bob").get(0).get("group").textValue(), "that is the way");
    }

    @Test
    void a_deleted_user_leaves_their_groups_and_a_deleted_client_the_links_of_groups() {
        service.run("group create staff");
        service.run("group add staff bob");
        service.run("link add --group staff 1_aaa");
        service.run("user delete bob");
        assertEquals("[]", json("group members staff").toString());
        service.run("client delete 1_aaa");
        assertEquals("[]", json("link list").toString());
        service.run("group delete staff");
    }

    @Test
    void a_group_s_link_is_listed_with_its_way() {
        service.run("group create staff");
        service.run("group add staff bob");
        JsonNode link = json("link add --group staff 1_aaa --scope read");
        assertEquals(Set.of("username", "group", "client_id", "scopes", "created_at"), members(link));
        assertTrue(link.get("username").isNull());
        assertEquals("staff", link.get("group").textValue());
        assertEquals(2, json("link list").size());
        assertFalse(json("link list").get(0).has("group"), "alice's own");
        JsonNode bob = json("link list --user bob");
        assertEquals(1, bob.size());
        assertEquals("bob", bob.get(0).get("username").textValue());
        assertEquals("staff", bob.get(0).get("group").textValue());
        service.run("link add bob 1_aaa");
        String table = service.run("link list --user bob --client 1_aaa");
        assertTrue(
                table.matches(
                        "USER .*\nbob +- +1_aaa +all +- +" + TIME + "\nbob +staff +1_aaa +read +- +" + TIME + "\n"),
                table);
        assertEquals(1, json("link list --user alice").size());
    }

    @Test
    void adding_a_group_s_link_twice_is_one_link_with_the_terms_of_the_last() {
        service.run("group create staff");
        service.run("link add --group staff 1_aaa --scope read --for 1h");
        JsonNode link = json("link add --group staff 1_aaa");
        assertTrue(link.get("scopes").isNull());
        assertFalse(link.has("until"));
        assertEquals(2, json("link list").size());
    }

    @Test
    void unlinking_a_user_tells_by_which_groups_they_may_still_use_the_client() {
        service.run("group create staff");
        service.run("group add staff alice");
        service.run("link add --group staff 1_aaa");
        assertEquals(
                "Unlinked alice from 1_aaa, who may still use it by group staff.\n",
                service.run("link remove alice 1_aaa"));
        fails(1, "alice is not linked to 1_aaa but by group staff", "link", "remove", "alice", "1_aaa");
    }

    @Test
    void lists_longer_than_a_page_are_whole() {
        for (int i = 0; i < 3; i++) {
            service.run("group create g" + i);
            service.run("group add g" + i + " bob");
            service.run("link add --group g" + i + " 1_aaa");
            service.run("link add --group g" + i + " 2_ccc");
        }
        assertEquals(6, json("link list --user bob").size());
        assertEquals(7, json("link list").size());
        assertEquals(3, json("link list --user bob --client 2_ccc").size());
    }
}
