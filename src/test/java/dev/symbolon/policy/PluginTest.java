package dev.symbolon.policy;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Device;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.authorize.Seen;
import dev.symbolon.authorize.Visitor;
import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy of somebody else's: what it is asked, and what becomes of its answers, clear or not. */
@ResourceLock("UnsteadyPolicy.answer")
class PluginTest {
    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(directory, "policy.type", UnsteadyPolicy.TYPE);
    }

    @BeforeEach
    void steady() {
        UnsteadyPolicy.allow();
        service.run("client update 1_aaa --policy-mode default");
    }

    @AfterAll
    static void stop() {
        UnsteadyPolicy.allow();
        service.close();
    }

    @Test
    void it_is_asked_at_issue_refresh_and_introspection_about_client_user_scopes_and_link() {
        List<PolicyRequest> asked = Collections.synchronizedList(new ArrayList<>());
        UnsteadyPolicy.answer = request -> {
            asked.add(request);
            return new Decision.Allow(request.scopes());
        };
        Granted bob = service.login("bob", "scope", "read");
        Granted.by(service.refresh(bob.refresh()));
        service.isActive(bob.access());
        assertEquals(
                List.of(Moment.ISSUE, Moment.REFRESH, Moment.INTROSPECT),
                asked.stream().map(PolicyRequest::moment).toList());
        for (PolicyRequest request : asked) {
            assertEquals("password", request.grantType());
            assertEquals(Set.of("read"), request.scopes());
            assertEquals(new PolicyRequest.Client("1_aaa", "Tutorial"), request.client());
            assertEquals("bob", request.user().username());
            assertFalse(request.linked());
            assertEquals("127.0.0.1", request.address());
        }
    }

    @Test
    void its_denial_is_invalid_grant_with_its_reason_made_harmless() {
        UnsteadyPolicy.answer = request -> new Decision.Deny("only on \"week\\days\"\r\nX: \u00e4");
        assertEquals("only on 'week?days'??X: ?", refusedByEndpoint(service.password("alice"), 400, "invalid_grant"));
        refusedByEndpoint(service.token("grant_type", "client_credentials"), 400, "unauthorized_client");
    }

    @ParameterizedTest
    @CsvSource({
        "en, alice, may not use the application Tutorial now. The reason given is:",
        "en, bob, may not use the application Tutorial now. The reason given is:",
        "de, bob, darf die Anwendung Tutorial jetzt nicht nutzen. Der angegebene Grund:",
    })
    void its_reason_is_what_people_read_linked_or_not(String language, String user, String words) {
        UnsteadyPolicy.answer = request -> new Decision.Deny("only on weekdays");
        for (Seen page : denied(language, user)) {
            assertEquals(403, page.status());
            assertTrue(page.body().contains("<p class=\"detail\">only on weekdays</p>"), page.body());
            assertTrue(page.body().contains(words), page.body());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, Your account bob is not linked to the application Tutorial.",
        "de, Ihr Konto bob ist nicht mit der Anwendung Tutorial verkn\u00fcpft.",
    })
    void that_somebody_is_not_linked_is_said_in_their_language(String language, String words) {
        UnsteadyPolicy.answer = new RequireLink()::decide;
        for (Seen page : denied(language, "bob")) {
            assertEquals(403, page.status());
            assertTrue(page.body().contains(words), page.body());
            assertFalse(page.body().contains("class=\"detail\""), page.body());
        }
    }

    /** What they see in the browser and for a device. */
    private static List<Seen> denied(String language, String user) {
        var visitor = new Visitor(service, language);
        String userCode = Device.begin(service).userCode();
        return List.of(visitor.logIn(visitor.authorize(), user), visitor.enter(userCode));
    }

    @Test
    void it_may_narrow_scopes_but_never_widen_them() {
        UnsteadyPolicy.allow("read", "admin");
        Granted granted = service.login("alice");
        assertEquals("read", granted.scope());
        refusedByEndpoint(service.password("alice", "scope", "read write"), 400, "invalid_scope");
        UnsteadyPolicy.allow();
        service.introspect(granted.access()).then().body("scope", equalTo("read"));
    }

    @Test
    void its_denial_makes_tokens_inactive_only_while_it_lasts() {
        Granted granted = service.login("alice");
        UnsteadyPolicy.answer = request -> new Decision.Deny("not now");
        assertFalse(service.isActive(granted.access()));
        refusedByEndpoint(service.refresh(granted.refresh()), 400, "invalid_grant");
        UnsteadyPolicy.allow();
        assertTrue(service.isActive(granted.access()));
        Granted.by(service.refresh(granted.refresh()));
    }

    static Stream<Function<PolicyRequest, Decision>> unclear() {
        return Stream.of(
                request -> {
                    throw new IllegalStateException("the plug-in is broken");
                },
                request -> {
                    throw new NoClassDefFoundError("the plug-in is badly packaged");
                },
                request -> {
                    throw new StackOverflowError();
                },
                request -> null,
                request -> new Decision.Deny(null));
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void no_clear_answer_is_503_at_every_moment_and_nothing_is_issued_or_consumed(
            Function<PolicyRequest, Decision> answer) {
        Granted granted = service.login("alice");
        int live = service.liveTokens().size();
        UnsteadyPolicy.answer = answer;
        refusedByEndpoint(service.password("alice"), 503, "temporarily_unavailable");
        refusedByEndpoint(service.refresh(granted.refresh()), 503, "temporarily_unavailable");
        refusedByEndpoint(service.introspect(granted.access()), 503, "temporarily_unavailable");
        UnsteadyPolicy.allow();
        assertEquals(live, service.liveTokens().size());
        assertTrue(service.isActive(granted.access()));
        Granted.by(service.refresh(granted.refresh()));
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void in_audit_mode_no_clear_answer_is_allowed_and_recorded(Function<PolicyRequest, Decision> answer) {
        service.run("client update 1_aaa --policy-mode audit");
        int before = recorded();
        UnsteadyPolicy.answer = answer;
        Granted granted = service.login("alice");
        assertTrue(service.isActive(granted.access()));
        Granted.by(service.refresh(granted.refresh()));
        assertEquals(before + 2, recorded());
    }

    private static int recorded() {
        return JsonPath.from(service.run("policy report --json")).getList("count", Integer.class).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Test
    void removing_a_link_works_and_kills_when_the_policy_cannot_say_whether_it_enforces_links() {
        service.run("link add bob 1_aaa");
        Granted bob = service.login("bob");
        service.run("link remove bob 1_aaa");
        assertFalse(service.isActive(bob.access()));
    }

    @Test
    void a_policy_with_ever_new_reasons_fills_no_table() {
        service.run("client update 1_aaa --policy-mode audit");
        service.run("user create dave --password dave-password");
        for (int i = 0; i < 30; i++) {
            String reason = "reason " + i;
            UnsteadyPolicy.answer = request -> new Decision.Deny(reason);
            service.login("dave");
        }
        JsonPath report = new JsonPath(service.run("policy report --json"));
        assertEquals(21, report.getInt("findAll { it.username == 'dave' }.size()"));
        assertEquals(10, report.getInt("find { it.username == 'dave' && it.reason == 'other' }.count"));
    }

    @Test
    void a_retry_that_came_in_time_stays_one_however_long_the_policy_takes() {
        Granted first = service.login("alice");
        Granted second = Granted.by(service.refresh(first.refresh()));
        UnsteadyPolicy.answer = request -> {
            service.clock.advance(Duration.ofSeconds(11)); // past the grace
            return new Decision.Allow(request.scopes());
        };
        Granted again = Granted.by(service.refresh(first.refresh()));
        UnsteadyPolicy.allow();
        assertEquals(second.refresh(), again.refresh());
        assertTrue(service.isActive(second.access()));
    }
}
