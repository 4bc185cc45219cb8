package dev.symbolon;

import static dev.symbolon.TestService.post;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.symbolon.authorize.Visitor;
import dev.symbolon.config.Config.LogFormat;
import dev.symbolon.ops.LogLine;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** No secret, password or token value reaches the log or the database's file, however much is logged. */
@Isolated
class NothingSecretTest {
    private static final String SECRET = "confidential-SECRET-of-the-client";
    private static final String NEW_SECRET = "confidential-SECRET-rotated";
    private static final String PASSWORD = "confidential-PASSWORD-of-carol";
    private static final String NEW_PASSWORD = "confidential-PASSWORD-changed";
    private static final String ALICE_PASSWORD = "alice-password";
    private static final String BOB_PASSWORD = "bob-password";
    private static final String BOB_NEW_PASSWORD = "confidential-PASSWORD-of-bob";
    private static final String WRONG = "confidential-WRONG-guess";

    @TempDir
    Path directory;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Appender<ILoggingEvent> console = root.getAppender("console");
    private final ListAppender<ILoggingEvent> log = new CapturedLog();
    private final Map<String, Level> levels = new HashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>(
            Set.of(SECRET, NEW_SECRET, PASSWORD, NEW_PASSWORD, WRONG, ALICE_PASSWORD, BOB_PASSWORD, BOB_NEW_PASSWORD));

    /** What the database has to have as it is. */
    private final Set<String> unlogged = new LinkedHashSet<>();

    @BeforeEach
    void logEverything() {
        for (Logger logger : context.getLoggerList()) {
            levels.put(logger.getName(), logger.getLevel());
            logger.setLevel(Level.TRACE);
        }
        log.start();
        root.addAppender(log);
        root.detachAppender(console);
    }

    @AfterEach
    void logAsBefore() {
        root.detachAppender(log);
        Optional.ofNullable(console).ifPresent(root::addAppender); // another test's service may have put its own there
        context.getLoggerList().forEach(logger -> logger.setLevel(levels.get(logger.getName())));
    }

    /** Nor may a recording keep the service from its work: to leave out what was bound once made every statement fail. */
    @Test
    void a_flight_recording_tells_the_statements_and_nothing_that_was_bound() throws IOException {
        Path file = directory.resolve("flight.jfr");
        try (var recording = new Recording()) {
            recording.enable("jdbi.statement").withoutThreshold();
            recording.start();
            TestService service = TestService.start(directory);
            try {
                service.run("user create carol --password " + PASSWORD);
            } finally {
                service.close();
            }
            recording.dump(file);
        }
        List<RecordedEvent> statements = RecordingFile.readAllEvents(file);
        String texts = statements.stream().map(event -> event.getString("sql")).collect(joining("\n"));
        assertTrue(texts.contains("INSERT INTO users"), texts);
        assertEquals(
                Set.of("…}"),
                statements.stream().map(event -> event.getString("parameters")).collect(toSet()));
    }

    @Test
    void a_whole_workout_leaves_no_secret_in_the_log_nor_in_the_database() {
        String metrics;
        TestService service = TestService.start(directory, "log.level", "trace", "compat.fos", "true");
        try {
            context.getLoggerList().forEach(logger -> logger.setLevel(Level.TRACE));
            workOut(service);
            metrics = given().port(service.managementPort()).get("/metrics").asString();
        } finally {
            service.close();
        }
        String logged = logged() + metrics;
        assertTrue(logged.contains("\"message\":\"token-issued\"") && logged.contains("login user=alice"), "audit");
        assertTrue(logged.contains("POST endpoint=/account client=- user=bob"), "requests");
        assertTrue(logged.contains("POST /oauth/v2/token refused"), "even that was captured");
        unlogged.forEach(code -> assertFalse(logged.contains(code), code));
        String stored = new String(service.databaseBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(stored.contains("carol"), "the file is looked into in the right way");
        for (String secret : secrets) {
            assertEquals(
                    List.of(),
                    logged.lines().filter(line -> line.contains(secret)).toList(),
                    "logged");
            assertFalse(stored.contains(secret), () -> "stored: " + secret);
            assertFalse(files().contains(secret), () -> "in a file: " + secret);
        }
    }

    /** All that the service has left behind. */
    private String files() {
        try (Stream<Path> files = Files.walk(directory)) {
            var all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void workOut(TestService service) {
        service.run("client create --id work --name Work --scope read,write --introspect --secret " + SECRET
                + " --grant client_credentials,password,refresh_token");
        service.run("user create carol --password " + PASSWORD);
        service.run("link add carol work");
        for (String secret : new String[] {SECRET, WRONG}) {
            ask(service, secret, "/oauth/v2/token", "grant_type", "client_credentials");
        }
        login(service, WRONG);
        Granted first = Granted.by(login(service, PASSWORD));
        Granted second = Granted.by(refresh(service, first));
        refresh(service, first);
        Granted third = Granted.by(refresh(service, second));
        for (Granted granted : List.of(first, second, third)) {
            for (String token : List.of(granted.access(), granted.refresh())) {
                secrets.add(token);
                secrets.add(token.substring(4));
                secrets.add(token.substring(token.length() - 20));
                ask(service, SECRET, "/oauth/v2/introspect", "token", token);
            }
        }
        service.clock.advance(Duration.ofMinutes(1));
        assertEquals(400, refresh(service, first).statusCode(), "reuse, which is logged");
        ask(service, SECRET, "/oauth/v2/revoke", "token", third.access());
        misuse(service, third.access());
        oldAppAndDoor(service);
        browse(service);
        service.run("client rotate-secret work --keep-old 1h --secret " + NEW_SECRET);
        service.run("user set-password carol --password " + NEW_PASSWORD);
        ask(service, NEW_SECRET, "/oauth/v2/token", "grant_type", "client_credentials");
        service.run("token list");
        service.run("token revoke --user carol");
    }

    /** Everything in the query string, as clients of old may, and nothing of a client. */
    private void oldAppAndDoor(TestService service) {
        service.run("client create --id old --name Old --compat-fos --policy allow-all --grant password,refresh_token"
                + " --secret " + SECRET);
        service.run("door create app --client old");
        for (String password : new String[] {PASSWORD, WRONG}) {
            String login = "grant_type=password&username=carol&password=" + password;
            Response old = service.form().get("/oauth/v2/token?client_id=old&client_secret=" + SECRET + "&" + login);
            Response door = service.form().body(login).post("/door/app/token");
            for (Response response : List.of(old, door)) {
                assertEquals(password.equals(PASSWORD) ? 200 : 400, response.statusCode());
                if (response.statusCode() == 200) {
                    Granted granted = Granted.by(response);
                    secrets.addAll(List.of(
                            granted.access().substring(30), granted.refresh().substring(30)));
                }
            }
        }
    }

    /** A login in the browser, whose code is used twice, and a device. */
    private void browse(TestService service) {
        var visitor = new Visitor(service);
        visitor.wrongLogin("alice", WRONG);
        String code = visitor.code("alice");
        secrets.addAll(List.of(code, code.substring(30), visitor.cookie(), visitor.formToken(), Visitor.VERIFIER));
        for (int i = 0; i < 2; i++) {
            service.token(
                    "grant_type",
                    "authorization_code",
                    "code",
                    code,
                    "redirect_uri",
                    "http://127.0.0.1:3000/callback",
                    "code_verifier",
                    Visitor.VERIFIER);
        }
        visitor.get("/logout?code=" + code);
        changePassword(service);
        for (String path :
                List.of("/assets/style.css", "/assets/submit.js", "/.well-known/oauth-authorization-server")) {
            assertEquals(200, service.form().get(path).statusCode());
        }
        Device device = Device.begin(service);
        secrets.addAll(List.of(device.code(), device.code().substring(30)));
        unlogged.addAll(List.of(device.userCode(), device.userCode().replace("-", "")));
        visitor.allow(device.userCode(), "alice");
        device.poll();
        device.poll();
    }

    /** At the account's page, and out again. */
    private void changePassword(TestService service) {
        var bob = new Visitor(service);
        bob.submit(bob.get("/account"), "login", "username", "bob", "password", BOB_PASSWORD);
        secrets.add(bob.cookie());
        bob.submit(
                bob.get("/account"),
                "password",
                "old",
                BOB_PASSWORD,
                "password",
                BOB_NEW_PASSWORD,
                "again",
                BOB_NEW_PASSWORD);
        secrets.add(bob.cookie());
        bob.submit(bob.get("/logout"), "logout");
    }

    /** What programs get wrong: secrets where they do not belong. */
    private static void misuse(TestService service, String token) {
        service.form().post("/oauth/v2/token?client_secret=" + SECRET);
        service.form().get("/oauth/v2/token?token=" + token);
        service.form().get("/" + token);
        service.form().header("Authorization", "Bearer " + token).post("/oauth/v2/introspect");
        service.form().header("Authorization", "Basic " + WRONG).post("/oauth/v2/introspect");
        service.raw("grant_type=" + token + "&client_id=" + SECRET + "&client_secret=" + SECRET);
        service.raw("grant_type=password&grant_type=" + PASSWORD + "&password=%zz" + PASSWORD);
        service.token("grant_type", SECRET, "scope", PASSWORD);
        service.token("grant_type", "client_credentials", "scope", PASSWORD);
        service.password("bob", "scope", token);
        service.attempt("user", "create", "carol", "--password", PASSWORD);
        service.attempt("user", "set-password", "carol", "--passwort", PASSWORD);
        service.attempt("client", "create", "--name", "X", "--secret", SECRET);
    }

    private static Response login(TestService service, String password) {
        return ask(
                service,
                SECRET,
                "/oauth/v2/token",
                "grant_type",
                "password",
                "username",
                "carol",
                "password",
                password);
    }

    private static Response refresh(TestService service, Granted granted) {
        return ask(
                service, SECRET, "/oauth/v2/token", "grant_type", "refresh_token", "refresh_token", granted.refresh());
    }

    private static Response ask(TestService service, String secret, String path, String... parameters) {
        return post(path, service.as("work", secret), parameters);
    }

    private String logged() {
        List<String> texts = new ArrayList<>();
        for (ILoggingEvent event : new ArrayList<>(log.list)) {
            texts.add(event.getLoggerName() + " " + event.getLevel() + " " + event.getFormattedMessage());
            for (LogFormat format : LogFormat.values()) {
                texts.add(new String(new LogLine(format).encode(event), StandardCharsets.UTF_8));
            }
            for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                texts.add(String.valueOf(thrown.getMessage()));
            }
        }
        return String.join("\n", texts);
    }
}
