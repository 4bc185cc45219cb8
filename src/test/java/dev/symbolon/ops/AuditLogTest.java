package dev.symbolon.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.CapturedLog;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.audit.AuditLog;
import dev.symbolon.authorize.Visitor;
import dev.symbolon.config.Config.LogFormat;
import dev.symbolon.http.Json;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What an operator can look up afterwards: each request, and each event that matters to security. */
@Isolated("it listens to loggers of all")
class AuditLogTest {
    @TempDir
    Path directory;

    TestService service;
    final CapturedLog events = new CapturedLog();
    final CapturedLog requests = new CapturedLog();

    @BeforeEach
    void start() {
        service = TestService.start(directory);
        listen(AuditLog.NAME, events);
        listen(RequestLog.NAME, requests);
    }

    private static void listen(String name, CapturedLog log) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void stop() {
        for (String name : List.of(AuditLog.NAME, RequestLog.NAME)) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            logger.detachAndStopAllAppenders();
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        service.close();
    }

    @Test
    void every_request_is_a_line_with_id_endpoint_client_user_outcome_milliseconds_and_address() throws Exception {
        Response answer = service.password("alice");
        assertEquals(200, answer.statusCode());
        JsonNode line = Json.MAPPER.readTree(new LogLine(LogFormat.JSON).encode(requests.list.get(0)));
        assertEquals("/oauth/v2/token", line.get("endpoint").textValue());
        assertEquals("1_aaa", line.get("client").textValue());
        assertEquals("alice", line.get("user").textValue());
        assertEquals("success", line.get("outcome").textValue());
        assertEquals(200, line.get("status").intValue());
        assertTrue(line.get("millis").doubleValue() > 0);
        assertEquals("127.0.0.1", line.get("address").textValue());
        assertEquals(answer.header("X-Request-Id"), line.get("request").textValue());
        assertTrue(line.get("time").textValue().matches("....-..-..T..:..:..\\....Z"));
    }

    @Test
    void a_refusal_says_why_and_a_path_or_a_name_that_is_none_is_not_repeated() {
        service.password("bob");
        service.form().get("/a-token-somebody-pasted");
        service.as("my-password", "x").post("/oauth/v2/introspect");
        service.token("grant_type", "password", "username", "my-password", "password", "x");
        List<String> lines = requests.list.stream().map(LogLine::words).toList();
        assertTrue(
                lines.get(0)
                        .matches(
                                "POST endpoint=/oauth/v2/token client=1_aaa user=bob outcome=invalid_grant status=400"
                                        + " millis=[0-9.]+ reason=\"user is not linked to this client\" request=.* address=127.0.0.1"),
                lines.get(0));
        assertTrue(
                lines.get(1).startsWith("GET endpoint=none client=- user=- outcome=invalid_request status=404 "),
                lines.get(1));
        assertTrue(
                lines.get(2).startsWith("POST endpoint=/oauth/v2/introspect client=- user=- outcome=invalid_client"),
                lines.get(2));
        assertTrue(lines.stream().noneMatch(line -> line.contains("my-password") || line.contains("pasted")));
    }

    @Test
    void whatever_is_in_a_line_it_stays_one_line() {
        LoggerFactory.getLogger(AuditLog.NAME)
                .atInfo()
                .addKeyValue("user", "a b\"\r\nx=1\u2028")
                .log("event\nanother");
        String text = text(LogFormat.TEXT);
        assertTrue(text.endsWith("event another user=\"a b\\u0022\\u000d\\u000ax=1\\u2028\"\n"), text);
        assertEquals(1, text(LogFormat.JSON).lines().count());
    }

    private String text(LogFormat format) {
        return new String(new LogLine(format).encode(events.list.get(events.list.size() - 1)), StandardCharsets.UTF_8);
    }

    @Test
    void tokens_are_on_record_when_they_are_issued_refused_reused_and_revoked() {
        Granted first = service.login("alice");
        service.password("bob");
        service.token("grant_type", "password", "username", "alice", "password", "wrong");
        service.form().post("/oauth/v2/token");
        service.refresh(first.refresh());
        service.clock.advance(Duration.ofMinutes(1));
        service.refresh(first.refresh());
        service.revoke(service.login("alice").access());
        assertRecorded(
                "token-issued client=1_aaa user=alice grant=password scope=\"read write\"",
                "token-refused client=1_aaa user=bob grant=password error=invalid_grant"
                        + " reason=\"user is not linked to this client\"",
                "password-refused user=alice client=1_aaa",
                "token-refused client=1_aaa grant=password error=invalid_grant",
                "token-refused error=invalid_client",
                "token-issued client=1_aaa user=alice grant=refresh_token",
                "refresh-token-reused client=1_aaa user=alice",
                "token-refused client=1_aaa grant=refresh_token",
                "token-issued client=1_aaa user=alice grant=password",
                "token-revoked client=1_aaa user=alice");
    }

    @Test
    void so_are_logins_logouts_consents_and_wrong_secrets() {
        var visitor = new Visitor(service);
        visitor.wrongLogin("alice", "wrong");
        visitor.code("alice");
        visitor.submit(visitor.get("/logout"), "logout");
        service.as("1_aaa", "wrong").formParam("token", "x").post("/oauth/v2/introspect");
        assertRecorded(
                "password-refused user=alice client=1_aaa",
                "login user=alice client=1_aaa",
                "consent-given sub=",
                "session-ended session=",
                "logout user=alice",
                "client-refused client=1_aaa endpoint=/oauth/v2/introspect");
    }

    @Test
    void so_is_a_wait_when_it_begins_and_no_try_meanwhile() {
        service = service.restart("limits.failures", "2");
        for (int i = 0; i < 3; i++) {
            service.as("1_aaa", "wrong" + i).formParam("token", "x").post("/oauth/v2/introspect");
        }
        String refused = "client-refused client=1_aaa";
        assertRecorded(refused, "wait-began client=1_aaa failures=2", refused, refused);
    }

    @Test
    void so_is_what_operators_change() {
        List<String> expected = new ArrayList<>();
        for (String line : List.of(
                "client create --id new --name New --secret s --grant password: client-created client=new",
                "client update new --name Newer: client-updated client=new",
                "client rotate-secret new --secret other: secret-rotated client=new",
                "user create carol --password x: user-created user=carol",
                "link add carol new: link-added sub=",
                "link remove carol new: link-removed sub=",
                "group create staff: group-created group=staff",
                "group add staff carol: member-added sub=",
                "link add --group staff new: link-added group=staff client=new",
                "link remove --group staff new: link-removed group=staff client=new",
                "group remove staff carol: member-removed sub=",
                "group delete staff: group-deleted group=staff",
                "user set-password carol --password y: password-set user=carol",
                "user disable carol: user-disabled user=carol",
                "user enable carol: user-enabled user=carol",
                "user unlock carol: user-unlocked user=carol",
                "token revoke --user carol: tokens-revoked user=carol",
                "user delete carol: user-deleted user=carol",
                "door create shop --client new: door-created door=shop client=new",
                "door delete shop: door-deleted door=shop",
                "client disable new: client-disabled client=new",
                "client enable new: client-enabled client=new",
                "client delete new: client-deleted client=new")) {
            String[] parts = line.split(": ");
            service.run(parts[0]);
            expected.add(parts[1]);
        }
        awaitEvents(expected.size());
        assertRecorded(expected.toArray(String[]::new));
    }

    @Test
    void what_could_not_be_done_is_not_on_record() throws SQLException {
        var database = service.config().database();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE browser_session RENAME TO lost");
        }
        assertEquals(1, service.attempt("session", "end", "--user", "alice").exitCode());
        service.run("user unlock alice");
        awaitEvents(1);
        assertRecorded("user-unlocked user=alice");
    }

    @Test
    void what_commands_did_while_no_service_ran_is_on_record_of_the_next_one_once() {
        service.close();
        service.run("user create carol --password x");
        service.attempt("user", "create", "carol", "--password", "x");
        service.run("link add carol 1_aaa");
        assertRecorded();
        service = service.restart();
        awaitEvents(2);
        assertRecorded("user-created user=carol command-at=", "link-added sub=");
        service = service.restart();
        service.run("user delete carol");
        awaitEvents(3);
        assertTrue(LogLine.words(events.list.get(2)).startsWith("user-deleted user=carol"));
    }

    /** A command that works on the database by itself leaves them to the service, which looks every second. */
    private void awaitEvents(int count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (recorded() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private int recorded() {
        synchronized (events) { // as the appender itself does
            return events.list.size();
        }
    }

    /** These, in this order, and no others. */
    private void assertRecorded(String... beginnings) {
        List<String> lines = events.list.stream().map(LogLine::words).toList();
        assertEquals(beginnings.length, lines.size(), () -> String.join("\n", lines));
        for (int i = 0; i < beginnings.length; i++) {
            assertTrue(lines.get(i).startsWith(beginnings[i]), lines.get(i) + " is not " + beginnings[i]);
        }
    }
}
