package dev.symbolon.policy;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enforcing, only recording, and not telling: what the policy's answer leads to. */
class PolicyModeTest {
    private static final String UNLINKED = "user is not linked to this client";

    @TempDir
    Path directory;

    TestService service;

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void audit_mode_lets_bob_in_and_reports_him_with_count_and_times() {
        service = TestService.start(directory, "policy.mode", "audit");
        String began = service.clock.instant().toString();
        Granted bob = service.login("bob");
        assertEquals("read write", bob.scope());
        assertTrue(service.isActive(bob.access()));
        assertTrue(service.isActive(bob.refresh()));
        service.clock.advance(Duration.ofMinutes(5));
        Granted.by(service.refresh(bob.refresh()));
        service.login("alice");
        List<Map<String, Object>> report = report();
        assertEquals(1, report.size());
        assertEquals(
                Map.of(
                        "username",
                        "bob",
                        "client_id",
                        "1_aaa",
                        "reason",
                        UNLINKED,
                        "count",
                        2,
                        "first",
                        began,
                        "last",
                        service.clock.instant().toString()),
                report.get(0));
    }

    @Test
    void what_issues_nothing_is_not_reported() {
        service = TestService.start(directory, "policy.mode", "audit");
        assertEquals(List.of(), report());
        refusedByEndpoint(
                service.token("grant_type", "password", "username", "bob", "password", "x"), 400, "invalid_grant");
        refusedByEndpoint(service.password("bob", "scope", "unknown"), 400, "invalid_scope");
        assertEquals(List.of(), report());
        Granted bob = service.login("bob");
        service.isActive(bob.access());
        Granted second = Granted.by(service.refresh(bob.refresh()));
        assertEquals(second, Granted.by(service.refresh(bob.refresh())), "a retry");
        assertEquals(2, report().get(0).get("count"));
    }

    @Test
    void a_client_may_be_audited_while_the_others_are_enforced() {
        service = TestService.start(directory);
        second();
        service.run("client update 1_aaa --policy-mode audit");
        service.login("bob");
        refusedByEndpoint(loginAtSecond("bob"), 400, "invalid_grant");
        assertEquals(1, report().size());
    }

    @Test
    void a_client_may_be_enforced_while_the_others_are_audited() {
        service = TestService.start(directory, "policy.mode", "audit");
        second();
        service.run("client update 1_aaa --policy-mode enforce");
        assertEquals(UNLINKED, refusedByEndpoint(service.password("bob"), 400, "invalid_grant"));
        Granted.by(loginAtSecond("bob"));
        assertEquals("second", report().get(0).get("client_id"));
    }

    @Test
    void from_audit_to_enforce_unlinked_tokens_go_and_a_link_brings_them_back() {
        service = TestService.start(directory, "policy.mode", "audit");
        Granted bob = service.login("bob");
        Granted alice = service.login("alice");
        service = service.restart("policy.mode", "enforce");
        assertFalse(service.isActive(bob.access()));
        assertFalse(service.isActive(bob.refresh()));
        assertEquals(UNLINKED, refusedByEndpoint(service.refresh(bob.refresh()), 400, "invalid_grant"));
        assertTrue(service.isActive(alice.access()));
        service.run("link add bob 1_aaa");
        assertTrue(service.isActive(bob.access()));
        Granted.by(service.refresh(bob.refresh()));
        assertEquals(1, report().size(), "what happened is not forgotten");
    }

    @Test
    void in_audit_mode_a_link_that_narrows_scopes_is_recorded_and_not_applied() {
        service = TestService.start(directory, "policy.mode", "audit");
        service.run("link add alice 1_aaa --scope read");
        Granted all = service.login("alice");
        assertEquals("read write", all.scope());
        assertEquals("write", service.login("alice", "scope", "write").scope());
        service.introspect(all.access()).then().body("scope", equalTo("read write"));
        assertEquals("read write", Granted.by(service.refresh(all.refresh())).scope());
        service.login("alice", "scope", "read");
        long counted = report().stream()
                .filter(row -> row.get("username").equals("alice"))
                .mapToLong(row -> ((Number) row.get("count")).longValue())
                .sum();
        assertEquals(3, counted, "all but the one that asked for no more than the link allows");
        assertTrue(
                report().stream().allMatch(row -> row.get("reason").toString().contains("scope")));
    }

    @Test
    void audit_mode_does_not_go_past_the_client_s_own_scopes_grants_or_secret() {
        service = TestService.start(directory, "policy.mode", "audit");
        refusedByEndpoint(service.password("bob", "scope", "admin"), 400, "invalid_scope");
        refusedByEndpoint(service.raw("grant_type=password&client_id=1_aaa"), 401, "invalid_client");
        service.run("user disable bob");
        refusedByEndpoint(service.password("bob"), 400, "invalid_grant");
    }

    @Test
    void allow_all_asks_for_no_link_and_records_nothing() {
        service = TestService.start(directory, "policy.type", "allow-all");
        Granted bob = service.login("bob");
        assertTrue(service.isActive(bob.access()));
        Granted.by(service.refresh(bob.refresh()));
        assertEquals(List.of(), report());
    }

    @Test
    void a_client_may_have_a_policy_of_its_own() {
        service = TestService.start(directory, "policy.type", "allow-all");
        second();
        service.run("client update 1_aaa --policy require-link");
        assertEquals(UNLINKED, refusedByEndpoint(service.password("bob"), 400, "invalid_grant"));
        Granted.by(loginAtSecond("bob"));
        assertNotEquals(
                0,
                service.attempt("client", "update", "1_aaa", "--policy", "nonsense")
                        .exitCode());
    }

    @Test
    void an_undisclosed_denial_is_the_very_answer_of_a_wrong_password() {
        service = TestService.start(directory, "policy.disclose-denial", "false");
        for (String scope : new String[] {"", "read", "admin", "read admin", "\t", "re\\ad"}) {
            Response denied = service.password("bob", "scope", scope);
            Response wrong =
                    service.token("grant_type", "password", "username", "bob", "password", "wrong", "scope", scope);
            assertEquals(wrong.statusCode(), denied.statusCode(), scope);
            assertEquals(wrong.asString(), denied.asString(), scope);
            assertEquals(names(wrong), names(denied), scope);
        }
        refusedByEndpoint(service.password("bob"), 400, "invalid_grant");
        assertEquals("[]\n", service.run("token list --json"));
        refusedByEndpoint(service.password("alice", "scope", "admin"), 400, "invalid_scope");
    }

    @Test
    void an_undisclosed_denial_of_a_refresh_is_the_very_answer_of_an_unknown_token() {
        service = TestService.start(directory, "policy.disclose-denial", "false");
        service.run("client update 1_aaa --policy allow-all");
        Granted bob = service.login("bob");
        service.run("client update 1_aaa --policy default");
        String unknown = service.refresh("srt_unknown").asString();
        assertEquals(unknown, service.refresh(bob.refresh()).asString());
        assertEquals(unknown, service.refresh(bob.refresh(), "scope", "admin").asString());
    }

    private static Set<String> names(Response response) {
        return response.headers().asList().stream()
                .map(io.restassured.http.Header::getName)
                .collect(java.util.stream.Collectors.toSet());
    }

    private void second() {
        service.run("client create --id second --secret s --name Second --grant password --scope read");
    }

    private Response loginAtSecond(String user) {
        return service.passwordAs("second", "s", user);
    }

    private List<Map<String, Object>> report() {
        return JsonPath.from(service.run("policy report --json")).getList("$");
    }
}
