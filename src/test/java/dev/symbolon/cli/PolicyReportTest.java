package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code audit} mode let through. */
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
}
