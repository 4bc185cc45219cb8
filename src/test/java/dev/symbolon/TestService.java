package dev.symbolon;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.cli.Administration;
import dev.symbolon.cli.Cli;
import dev.symbolon.cli.remote.LocalTerminal;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.client.ClientSettings;
import dev.symbolon.config.Config;
import dev.symbolon.config.ConfigException;
import dev.symbolon.config.ConfigReader;
import dev.symbolon.group.Group;
import dev.symbolon.http.Json;
import dev.symbolon.link.LinkChanges;
import dev.symbolon.link.LinkTerms;
import dev.symbolon.user.User;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The service as a test sees it: started on a database of its own with the tutorial's data, spoken to over HTTP, and
 * administered by commands that reach the database as they would from another process. Which kind of database is the
 * matter of {@link TestDatabase}.
 */
public final class TestService implements AutoCloseable {
    /** REST-assured would take ISO-8859-1 and say so. */
    private static final RestAssuredConfig UTF_8_FORMS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private final Path directory;
    private final Map<String, String> settings;
    private final Administration admin;
    private final Service service;
    public final TestClock clock;

    private TestService(Path directory, Map<String, String> settings, TestClock clock, Consumer<Administration> seed) {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.admin = Administration.open(config(), clock);
        this.service = started(admin, seed);
    }

    private static Service started(Administration admin, Consumer<Administration> seed) {
        try {
            seed.accept(admin);
            return Main.start(admin);
        } catch (RuntimeException e) {
            admin.close();
            throw e;
        }
    }

    /** A service with the tutorial's data (contract section 7); {@code settings} are pairs of key and value. */
    public static TestService start(Path directory, String... settings) {
        return fresh(directory, TestService::tutorial, settings);
    }

    /** A service with no data of any kind. */
    public static TestService empty(Path directory, String... settings) {
        return fresh(directory, admin -> {}, settings);
    }

    private static TestService fresh(Path directory, Consumer<Administration> seed, String... settings) {
        Map<String, String> defaults = new HashMap<>(TestDatabase.current().fresh(directory));
        defaults.putAll(Map.of(
                "http.port", "0", "management.port", "0", "http.shutdown-timeout", "2s", "password.bcrypt-cost", "4"));
        return new TestService(directory, with(defaults, settings), new TestClock(), seed);
    }

    /** Without commands, which would take most of the time of most tests. */
    private static void tutorial(Administration admin) {
        Set<String> grants = Set.copyOf(ClientSettings.GRANTS);
        Set<String> redirectUris = Set.of("http://127.0.0.1:3000/callback");
        admin.clients()
                .create(
                        client("Tutorial", grants, Set.of("read", "write"), redirectUris, false),
                        "1_aaa",
                        false,
                        "bbb");
        admin.clients().create(client("Resource-server", Set.of(), Set.of(), Set.of(), true), "2_ccc", false, "ddd");
        User alice = admin.users().create("alice", "alice-password").orElseThrow();
        admin.users().create("bob", "bob-password");
        admin.links().add(alice.id(), "1_aaa", LinkTerms.ALL);
    }

    private static ClientSettings client(
            String name, Set<String> grants, Set<String> scopes, Set<String> redirectUris, boolean introspect) {
        return new ClientSettings(
                name,
                grants,
                scopes,
                Map.of(),
                redirectUris,
                introspect,
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                null);
    }

    /** Makes that many users, each with a password as alice has one; their names. */
    public List<String> createUsers(int count) {
        List<String> names = IntStream.range(0, count).mapToObj(i -> "u" + i).toList();
        names.forEach(name -> admin.users().create(name, name + "-password"));
        return names;
    }

    /** As {@link #createUsers}, all of them in that group. */
    public List<String> createMembers(String group, int count) {
        Group joined = admin.groups().find(group).orElseThrow();
        List<String> names = createUsers(count);
        for (String name : names) {
            admin.groups().add(joined, admin.users().find(name).orElseThrow().id());
        }
        return names;
    }

    /** Makes that many groups, and the user a member of each. */
    public void joinGroups(String user, int count) {
        UUID id = admin.users().find(user).orElseThrow().id();
        for (int i = 0; i < count; i++) {
            admin.groups().add(admin.groups().create("g" + i).orElseThrow(), id);
        }
    }

    /** Stops it and starts it again on the same database, with these settings over the old ones. */
    public TestService restart(String... changed) {
        close();
        return new TestService(directory, with(settings, changed), clock, admin -> {});
    }

    /** Another instance on the same database, as on another machine; its clock is the same. */
    public TestService replica(String... changed) {
        return new TestService(directory, with(settings, changed), clock, admin -> {});
    }

    private static Map<String, String> with(Map<String, String> settings, String... changed) {
        Map<String, String> all = new HashMap<>(settings);
        for (int i = 0; i < changed.length; i += 2) {
            all.put(changed[i], changed[i + 1]);
        }
        return all;
    }

    public int port() {
        return service.port();
    }

    public int managementPort() {
        return service.managementPort();
    }

    public String issuer() {
        return service.issuer();
    }

    public Config config() {
        try {
            return ConfigReader.read(null, directory, Map.of(), settings, warning -> {});
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A form request of nobody in particular. */
    public RequestSpecification form() {
        return given().config(UTF_8_FORMS).port(port()).contentType(ContentType.URLENC);
    }

    /** Posts a body to the token endpoint exactly as it is. */
    public Response raw(String body) {
        return form().body(body).post("/oauth/v2/token");
    }

    /** A form request of a client that authenticates by HTTP Basic. */
    public RequestSpecification as(String client, String secret) {
        return form().auth().preemptive().basic(client, secret);
    }

    /** The tutorial's client asks for a token; {@code parameters} are pairs of name and value. */
    public Response token(String... parameters) {
        return post("/oauth/v2/token", as("1_aaa", "bbb"), parameters);
    }

    public Response password(String user, String... parameters) {
        return passwordAs("1_aaa", "bbb", user, parameters);
    }

    public Response passwordAs(String client, String secret, String user, String... parameters) {
        return password("/oauth/v2/token", as(client, secret), user, parameters);
    }

    public Response passwordAsPublic(String client, String user) {
        return password("/oauth/v2/token", form(), user, "client_id", client);
    }

    private Response password(String path, RequestSpecification request, String user, String... parameters) {
        List<String> all =
                new ArrayList<>(List.of("grant_type", "password", "username", user, "password", user + "-password"));
        all.addAll(List.of(parameters));
        return post(path, request, all.toArray(String[]::new));
    }

    public Response refresh(String refreshToken, String... parameters) {
        List<String> all = new ArrayList<>(List.of("grant_type", "refresh_token", "refresh_token", refreshToken));
        all.addAll(List.of(parameters));
        return token(all.toArray(String[]::new));
    }

    /** Does that while another change of links is on its way, which takes as long. */
    public void whileLinksChange(Runnable meanwhile) {
        new LinkChanges(admin.database(), admin.gate().enforcement(), clock).run(change -> {
            meanwhile.run();
            return true;
        });
    }

    /** A user gets tokens without the client's secret. */
    public Response passwordAtDoor(String door, String user) {
        return password("/door/" + door + "/token", form(), user);
    }

    /** The resource server asks about an access token. */
    public Response introspect(String token) {
        return post("/oauth/v2/introspect", as("2_ccc", "ddd"), "token", token);
    }

    /** Whether the token is active, as its own client is told. */
    public boolean isActive(String token) {
        return json(post("/oauth/v2/introspect", as("1_aaa", "bbb"), "token", token))
                .get("active")
                .booleanValue();
    }

    /** What {@code token list} says of live tokens. */
    public List<Map<String, Object>> liveTokens() {
        return JsonPath.from(run("token list --json")).getList("$");
    }

    /** The tokens of a user who has to get some. */
    public Granted login(String user, String... parameters) {
        return Granted.by(password(user, parameters));
    }

    public Response revoke(String token) {
        return post("/oauth/v2/revoke", as("1_aaa", "bbb"), "token", token);
    }

    /** The body of a 200, several times as fast as REST-assured would read it. */
    static JsonNode json(Response response) {
        assertEquals(200, response.statusCode(), response::asString);
        try {
            return Json.MAPPER.readTree(response.asString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Response post(String path, RequestSpecification request, String... parameters) {
        for (int i = 0; i < parameters.length; i += 2) {
            request.formParam(parameters[i], parameters[i + 1]);
        }
        return request.post(path);
    }

    /** What a command did. */
    public record Outcome(int exitCode, String out, String err) {}

    /** Runs a command, its words separated by spaces, against this service's database; it has to succeed. */
    public String run(String command) {
        Outcome outcome = attempt(command.split(" "));
        if (outcome.exitCode() != 0) {
            throw new AssertionError(command + ": " + outcome);
        }
        return outcome.out();
    }

    /** Runs a command, whatever comes of it. */
    public Outcome attempt(String... words) {
        return attemptWithInput("", words);
    }

    /** Runs a command with this standard input, which is no terminal. */
    public Outcome attemptWithInput(String input, String... words) {
        return attempt(input, streams -> streams, words);
    }

    /** Runs a command on a terminal, at which a person gives this answer to every question. */
    public Outcome attemptAsPerson(String answer, String... words) {
        return attempt("", streams -> new AnsweringPerson(streams, answer), words);
    }

    private Outcome attempt(String input, UnaryOperator<Terminal> terminal, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int exitCode =
                new Cli(Main::start, clock).run(arguments, terminal.apply(LocalTerminal.ofStreams(in, out, err)));
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** All that is stored, to look for what must not be there. H2's file is complete when it is closed. */
    public byte[] databaseBytes() {
        return TestDatabase.current().bytes(config().database());
    }

    @Override
    public void close() {
        service.close();
    }
}
