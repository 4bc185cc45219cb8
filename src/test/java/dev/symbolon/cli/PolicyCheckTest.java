package dev.symbolon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would be decided, by which rule, and why: the same as the token endpoint decides. */
class PolicyCheckTest extends CommandTest {
    @Test
    void it_tells_the_decision_the_rule_and_the_reason() {
        assertEquals("""
                bob may not use 1_aaa.
                rule    require-link, enforce
                reason  user is not linked to this client
                scopes  -
                links   none
                groups  -
                """, service.run("policy check bob 1_aaa"));
        service.run("group create staff");
        service.run("group add staff bob");
        service.run("link add --group staff 1_aaa --scope read");
        service.run("link add bob 1_aaa --for 8h --scope write");
        String end = service.clock.instant().plus(Duration.ofHours(8)).toString();
        assertEquals("""
                bob may use 1_aaa.
                rule    require-link, enforce
                reason  -
                scopes  read write
                links   own for write until %s, group staff for read
                groups  staff
                """.formatted(end), service.run("policy check BOB 1_aaa"));
    }

    @Test
    void the_json_has_these_members() {
        service.run("link add bob 1_aaa --for 8h");
        JsonNode answer = json("policy check bob 1_aaa --scope read");
        assertEquals(
                Set.of("username", "client_id", "decision", "scopes", "rule", "mode", "reason", "links", "groups"),
                members(answer));
        assertEquals("allow", answer.get("decision").textValue());
        assertEquals("[\"read\"]", answer.get("scopes").toString());
        assertEquals("enforce", answer.get("mode").textValue());
        assertTrue(answer.get("reason").isNull());
        JsonNode link = answer.get("links").get(0);
        assertEquals(Set.of("group", "scopes", "until"), members(link));
        assertTrue(link.get("until").textValue().matches(TIME));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "link add bob 1_aaa | '' | allow | require-link",
                "link add bob 1_aaa --scope read | '' | allow | require-link",
                "link add bob 1_aaa --scope read | --scope read | allow | require-link",
                "link add bob 1_aaa --scope read | --scope read,write | deny | require-link",
                "link add bob 1_aaa | --scope admin | deny | require-link",
                "link add bob 1_aaa --for 1s | '' | deny | require-link",
                "client update 1_aaa --policy allow-all | '' | allow | allow-all",
                "client update 1_aaa --policy-mode audit | '' | let-through | require-link",
                "client update 1_aaa --policy-mode audit | --scope admin | deny | require-link",
                "user disable bob | '' | deny | user",
                "client disable 1_aaa | '' | deny | client",
            })
    void it_says_what_the_token_endpoint_does(String command, String option, String decision, String rule) {
        service.run(command);
        service.clock.advance(Duration.ofSeconds(1));
        JsonNode answer = json(("policy check bob 1_aaa " + option).trim());
        assertEquals(decision, answer.get("decision").textValue(), answer.toString());
        assertEquals(rule, answer.get("rule").textValue());
        assertEquals(!decision.equals("allow"), !answer.get("reason").isNull());
        String scope = option.replace("--scope ", "").replace(',', ' ');
        int status = service.password("bob", "scope", scope).statusCode();
        assertEquals(!decision.equals("deny"), status == 200, "the token endpoint");
    }

    @Test
    void a_policy_that_does_not_know_is_no_decision() {
        service = service.restart("policy.opa.url", "http://127.0.0.1:1/");
        service.run("client update 1_aaa --policy opa");
        JsonNode answer = json("policy check bob 1_aaa");
        assertEquals("none", answer.get("decision").textValue());
        assertEquals("opa", answer.get("rule").textValue());
        assertTrue(service.run("policy check bob 1_aaa").startsWith("bob would be asked to try 1_aaa again"));
        service.run("client update 1_aaa --policy-mode audit");
        assertEquals(
                "let-through", json("policy check bob 1_aaa").get("decision").textValue());
    }

    @Test
    void what_is_unknown_is_named() {
        fails(1, "there is no user nobody", "policy", "check", "nobody", "1_aaa");
        fails(1, "there is no client nothing", "policy", "check", "bob", "nothing");
        fails(2, "scope", "policy", "check", "bob", "1_aaa", "--scope", "a b");
    }

    @Test
    void nothing_is_recorded() {
        service.run("client update 1_aaa --policy-mode audit");
        service.run("policy check bob 1_aaa");
        assertEquals("[]", json("policy report").toString());
    }
}
