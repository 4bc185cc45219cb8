package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.TestService.Outcome;
import dev.symbolon.policy.UnsteadyPolicy;
import dev.symbolon.policy.spi.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code audit} mode let through. */
@ResourceLock("UnsteadyPolicy.answer")
class PolicyReportTest extends CommandTest {
    @Override
    String[] settings() {
        return new String[] {"policy.mode", "audit"};
    }

    @Test
    void the_report_is_empty_while_everybody_is_linked() {
        aliceToken();
        service.token("grant_type", "client_credentials").then().statusCode(200);
        assertEquals("[]\n", service.run("policy report --json"));
        assertEquals(1, service.run("policy report").lines().count());
    }

    @Test
    void a_row_has_exactly_the_members_of_the_contract_and_counts_issues_and_refreshes() {
        Instant first = service.clock.instant();
        String refresh =
                service.password("bob").then().statusCode(200).extract().path("refresh_token");
        service.clock.advance(Duration.ofMinutes(5));
        service.refresh(refresh).then().statusCode(200);
        JsonNode report = json("policy report");
        assertEquals(1, report.size());
        JsonNode row = report.get(0);
        assertEquals(Set.of("username", "client_id", "reason", "count", "first", "last"), members(row));
        assertEquals("bob", row.get("username").textValue());
        assertEquals("1_aaa", row.get("client_id").textValue());
        assertEquals("user is not linked to this client", row.get("reason").textValue());
        assertEquals(2, row.get("count").intValue());
        assertEquals(first.toString(), row.get("first").textValue());
        assertEquals(
                first.plus(Duration.ofMinutes(5)).toString(), row.get("last").textValue());
    }

    @Test
    void introspection_does_not_count() {
        String token = service.password("bob").then().extract().path("access_token");
        service.introspect(token);
        service.introspect(token);
        assertEquals(1, json("policy report").get(0).get("count").intValue());
    }

    @Test
    void a_wrong_password_is_not_let_through() {
        service.token("grant_type", "password", "username", "bob", "password", "wrong")
                .then()
                .statusCode(400);
        assertEquals("[]", json("policy report").toString());
    }

    @Test
    void linking_the_user_leaves_alive_what_audit_let_through() {
        String token = service.password("bob").then().extract().path("access_token");
        service.run("link add bob 1_aaa");
        assertTrue(service.isActive(token));
        service.run("link remove bob 1_aaa");
        assertTrue(service.isActive(token));
    }

    @Test
    void a_client_that_enforces_by_itself_lets_nobody_through() {
        service.run("client update 1_aaa --policy-mode enforce");
        service.password("bob").then().statusCode(400);
        assertEquals("[]", json("policy report").toString());
    }

    @Test
    void a_narrowing_is_recorded_and_not_applied() {
        service.run("link add bob 1_aaa --scope read");
        String scope = service.password("bob").then().statusCode(200).extract().path("scope");
        assertEquals("read write", scope);
        assertEquals(
                "user may not have all of the scopes",
                json("policy report").get(0).get("reason").textValue());
    }

    @Test
    void the_table_shows_the_most_frequent_first() {
        service.run("user create carol --password carol-password");
        service.password("carol").then().statusCode(200);
        service.password("bob").then().statusCode(200);
        service.password("bob").then().statusCode(200);
        String report = service.run("policy report");
        String form = "USER +CLIENT +REASON +COUNT +FIRST +LAST\nbob +1_aaa +.*  2  .*\ncarol +1_aaa +.*  1  .*\n";
        assertTrue(report.matches(form), report);
    }

    @Test
    void a_deleted_user_is_in_the_report_no_more() {
        service.password("bob").then().statusCode(200);
        service.run("user delete bob");
        assertEquals("[]", json("policy report").toString());
    }

    private void letThrough(String... users) {
        for (String user : users) {
            service.attempt("user", "create", user, "--password", user + "-password");
            service.password(user).then().statusCode(200);
        }
    }

    @Test
    void the_report_of_one_client_leaves_out_the_others() {
        letThrough("bob");
        assertEquals(1, json("policy report --client 1_aaa").size());
        assertEquals("[]", json("policy report --client 2_ccc").toString());
        fails(1, "there is no client nothing", "policy", "report", "--client", "nothing");
    }

    @Test
    void csv_has_a_header_and_no_cell_that_a_spreadsheet_takes_for_a_formula() {
        letThrough("=HYPERLINK(\"http://evil.example\",\"x\")", "+1", "-1", "@sum", "o,k");
        String csv = service.run("policy report --csv");
        assertTrue(csv.startsWith("username,client_id,reason,count,first,last\r\n"), csv);
        assertEquals(6, csv.lines().count());
        assertTrue(
                csv.contains("\r\n\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",1_aaa,user is not linked"),
                csv);
        for (String cell : new String[] {"'+1,", "'-1,", "'@sum,", "\"o,k\","}) {
            assertTrue(csv.contains("\r\n" + cell), csv);
        }
    }

    @Test
    void granting_links_lets_in_for_good_whom_the_report_shows_and_nobody_else() {
        letThrough("bob", "carol");
        service.run("user create dave --password dave-password");
        String token = service.password("bob").then().extract().path("access_token");
        String out = service.run("policy report --grant-links --yes");
        assertEquals("Linked 2 of the users of the report.\n", out);
        service.run("client update 1_aaa --policy-mode enforce");
        service.password("bob").then().statusCode(200);
        service.password("carol").then().statusCode(200);
        service.password("dave").then().statusCode(400);
        assertTrue(service.isActive(token), "what audit mode let through lives on");
        assertEquals("Linked 0 of the users of the report.\n", service.run("policy report --grant-links --yes"));
        assertEquals(2, json("policy report").size(), "what happened is not forgotten");
    }

    @Test
    void granting_links_asks_first_and_takes_only_yes_for_yes() {
        letThrough("bob");
        for (String answer : new String[] {"", "n", "no", "yess", null}) {
            Outcome outcome = service.attemptAsPerson(answer, "policy", "report", "--grant-links");
            assertEquals(1, outcome.exitCode(), answer);
            assertTrue(outcome.out().contains("bob   1_aaa"), outcome.out());
            assertTrue(
                    outcome.out().contains("Link 1 of them to their clients, with all scopes? [y/N]"), outcome.out());
            assertEquals("nobody was linked\n", outcome.err());
        }
        assertEquals(1, json("link list").size());
        Outcome outcome = service.attemptAsPerson("Y", "policy", "report", "--grant-links");
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertEquals(2, json("link list").size());
    }

    @Test
    void without_a_terminal_granting_links_needs_yes() {
        letThrough("bob");
        fails(2, "--yes", "policy", "report", "--grant-links");
        fails(2, "--yes", "policy", "report", "--grant-links", "--json");
        JsonNode linked = json("policy report --grant-links --yes");
        assertEquals("[{\"username\":\"bob\",\"client_id\":\"1_aaa\",\"linked\":true}]", linked.toString());
    }

    @Test
    void granting_links_passes_over_those_who_are_linked_by_a_group_and_tokens_without_a_user() {
        service.run("client update 1_aaa --policy unsteady");
        UnsteadyPolicy.answer = request -> new Decision.Deny("no");
        service.token("grant_type", "client_credentials").then().statusCode(200);
        letThrough("bob", "carol");
        UnsteadyPolicy.answer = request -> new Decision.Allow(request.scopes());
        service.run("group create staff");
        service.run("group add staff bob");
        service.run("link add --group staff 1_aaa");
        assertEquals("Linked 1 of the users of the report.\n", service.run("policy report --grant-links --yes"));
        assertEquals(1, json("link list --user bob").size());
    }
}
