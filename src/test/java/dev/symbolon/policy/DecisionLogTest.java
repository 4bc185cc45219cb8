package dev.symbolon.policy;

import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.symbolon.CapturedLog;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.ops.LogLine;
import dev.symbolon.policy.spi.Decision;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** One line a decision, by which an operator finds out who was refused what, and why. */
@Isolated("it listens to a logger of all")
class DecisionLogTest {
    @TempDir
    Path directory;

    TestService service;
    final Logger logger = (Logger) LoggerFactory.getLogger("dev.symbolon.decision");
    final ListAppender<ILoggingEvent> log = new CapturedLog();

    @BeforeEach
    void start() {
        service = TestService.start(directory);
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
        UnsteadyPolicy.allow();
        service.close();
    }

    private List<String> lines() {
        List<String> lines = log.list.stream()
                .map(event -> event.getLevel() + " " + LogLine.words(event))
                .toList();
        log.list.clear();
        return lines;
    }

    @Test
    void a_denial_is_a_line_with_the_id_of_its_request() {
        Response response = service.password("bob");
        assertEquals(
                List.of("INFO deny client=1_aaa user=bob grant=password moment=issue rule=require-link mode=enforce"
                        + " reason=\"user is not linked to this client\" request="
                        + response.header("X-Request-Id") + " address=127.0.0.1"),
                lines());
        service.login("alice");
        assertEquals(List.of(), lines(), "only denials, unless it is debugged");
    }

    @Test
    void a_door_is_named() {
        service.run("door create app --client 1_aaa");
        Response response = service.passwordAtDoor("app", "bob");
        assertEquals(
                List.of("INFO deny client=1_aaa user=bob grant=password moment=issue rule=require-link mode=enforce"
                        + " reason=\"user is not linked to this client\" request=" + response.header("X-Request-Id")
                        + " address=127.0.0.1 door=app"),
                lines());
        service.password("bob");
        assertEquals(
                List.of(),
                lines().stream().filter(line -> line.contains("door=")).toList());
    }

    @Test
    void refresh_introspection_and_clients_of_their_own_are_logged_as_well() {
        service.run("client update 1_aaa --policy allow-all");
        Granted bob = service.login("bob");
        service.run("client update 1_aaa --policy default");
        service.refresh(bob.refresh());
        service.introspect(bob.access());
        UnsteadyPolicy.answer = request -> new Decision.Deny("no");
        service.run("client update 1_aaa --policy unsteady");
        service.token("grant_type", "client_credentials");
        List<String> lines = lines();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).contains(" user=bob grant=password moment=refresh rule=require-link "));
        assertTrue(lines.get(1).contains(" user=bob grant=password moment=introspect rule=require-link "));
        assertTrue(lines.get(2).contains(" user=- grant=client_credentials moment=issue rule=unsteady "));
        assertTrue(lines.get(2).contains(" reason=no "));
    }

    @Test
    void what_audit_mode_let_through_and_no_decision_are_told_apart_from_denials() {
        service.run("client update 1_aaa --policy-mode audit");
        service.login("bob");
        UnsteadyPolicy.answer = request -> null;
        service.run("client update 1_aaa --policy-mode enforce --policy unsteady");
        service.password("bob");
        List<String> lines = lines();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).startsWith("INFO let-through "), lines.get(0));
        assertTrue(lines.get(1).startsWith("WARN none "), lines.get(1));
    }

    @Test
    void at_debug_an_allow_is_logged_too() {
        logger.setLevel(Level.DEBUG);
        service.login("alice");
        List<String> lines = lines();
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).startsWith("DEBUG allow client=1_aaa "), lines.get(0));
        assertTrue(lines.get(0).contains(" rule=require-link mode=enforce reason=- "), lines.get(0));
    }

    @Test
    void no_value_can_pass_for_another_line_or_another_value() {
        service.run("client update 1_aaa --policy unsteady");
        UnsteadyPolicy.answer = request -> new Decision.Deny("a\r\nb=\"c\\d\u202e\u2028");
        assertEquals(
                0,
                service.attempt("user", "create", "eve mode=audit", "--password", "x")
                        .exitCode());
        post(
                "/oauth/v2/token",
                service.as("1_aaa", "bbb"),
                "grant_type",
                "password",
                "username",
                "eve mode=audit",
                "password",
                "x");
        String line = lines().get(0);
        assertTrue(line.contains(" user=\"eve mode=audit\" "), line);
        assertTrue(line.contains(" reason=\"a\\u000d\\u000ab=\\u0022c\\u005cd\\u202e\\u2028\" "), line);
    }

    @Test
    void what_an_operator_asks_is_no_decision_about_anybody() {
        service.run("policy check bob 1_aaa");
        service.run("client update 1_aaa --policy allow-all");
        service.login("bob");
        service.run("client update 1_aaa --policy default");
        service.run("token list");
        assertEquals(List.of(), lines());
    }

    @Test
    void a_request_id_of_the_caller_s_is_kept_if_it_is_harmless() {
        Response response = service.as("1_aaa", "bbb")
                .header("X-Request-Id", "gateway-7.A_b")
                .formParam("grant_type", "password")
                .formParam("username", "bob")
                .formParam("password", "bob-password")
                .post("/oauth/v2/token");
        assertEquals("gateway-7.A_b", response.header("X-Request-Id"));
        assertTrue(lines().get(0).contains(" request=gateway-7.A_b "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "<script>", "ä", ""})
    void any_other_is_replaced(String id) {
        String answered =
                service.form().header("X-Request-Id", id).get("/nowhere").header("X-Request-Id");
        assertTrue(answered.matches("[0-9a-f]{1,16}"), answered);
    }

    @Test
    void every_answer_has_an_id_of_its_own() {
        assertTrue(
                !service.raw("").header("X-Request-Id").equals(service.raw("").header("X-Request-Id")));
    }
}
