package dev.symbolon.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symbolon.Device;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.authorize.Seen;
import dev.symbolon.authorize.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Always the same answer at every door, whoever decides. */
class PolicyMatrixTest {
    private static final List<String> DOORS = List.of(
            "password",
            "refresh",
            "authorization code",
            "code that waited",
            "device",
            "device that waited",
            "introspection");

    /** What a user gets at all of the doors. */
    private static final String TABLE = """
            subject          mode     require-link  allow-all  opa  staff-writes
            linked           enforce  in            in         in   in
            linked           audit    in            in         in   in
            not-linked       enforce  out           in         out  out
            not-linked       audit    in            in         in   in
            by-group         enforce  in            in         in   in
            by-group         audit    in            in         in   in
            ended-link       enforce  out           in         out  out
            ended-link       audit    in            in         in   in
            disabled-user    enforce  out           out        out  out
            disabled-user    audit    out           out        out  out
            disabled-client  enforce  out           out        out  out
            disabled-client  audit    out           out        out  out
            """;

    /** What makes of a user such a subject. */
    private static final Map<String, List<String>> MAKING = Map.of(
            "linked", List.of("link add %s 1_aaa"),
            "not-linked", List.of(),
            "by-group", List.of("group add staff %s"),
            "ended-link", List.of("link add %s 1_aaa --for 10s"),
            "disabled-user", List.of("link add %s 1_aaa", "user disable %s"),
            "disabled-client", List.of("link add %s 1_aaa", "client disable 1_aaa"));

    @TempDir
    static Path directory;

    static OpaServer opa;
    static TestService service;

    /** One for each case, since commands that tidied up would take most of the time. */
    static Iterator<String> users;

    @BeforeAll
    static void start() throws Exception {
        opa = new OpaServer();
        opa.result(input -> input.get("linked").toString());
        service = TestService.start(
                directory,
                "policy.opa.url",
                opa.url(),
                "policy.opa.timeout",
                "10s",
                "policy.plugins",
                SamplePlugin.build(directory).toString());
        service.run("group create staff");
        service.run("link add --group staff 1_aaa");
        users = service.createUsers(48).iterator();
    }

    @AfterAll
    static void stop() {
        service.close();
        opa.close();
    }

    static Stream<Arguments> matrix() {
        List<String[]> rows = TABLE.lines().map(line -> line.split(" +")).toList();
        String[] head = rows.get(0);
        return rows.stream()
                .skip(1)
                .flatMap(row ->
                        Stream.of(2, 3, 4, 5).map(column -> Arguments.of(row[0], row[1], head[column], row[column])));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @MethodSource("matrix")
    void the_answer_is_the_same_at_every_door(String subject, String mode, String policy, String expected) {
        service.run("client enable 1_aaa");
        service.run("client update 1_aaa --policy allow-all --policy-mode enforce");
        String user = users.next();
        Granted tokens = service.login(user);
        var visitor = new Visitor(service);
        String code = visitor.code(user);
        Device device = Device.begin(service);
        visitor.submit(visitor.enter(device.userCode()), "allow");
        var before = new Before(user, tokens, code, device);
        service.run("client update 1_aaa --policy " + policy + " --policy-mode " + mode);
        MAKING.get(subject).forEach(command -> service.run(command.formatted(user)));
        service.clock.advance(Duration.ofSeconds(10));
        for (String door : DOORS) {
            assertEquals(expected, ask(door, before), door);
        }
    }

    /** What a user's client got while everybody was let in. */
    private record Before(String user, Granted tokens, String code, Device device) {}

    private static String ask(String door, Before before) {
        boolean in = switch (door) {
            case "password" -> service.password(before.user()).statusCode() == 200;
            case "refresh" -> service.refresh(before.tokens().refresh()).statusCode() == 200;
            case "authorization code" -> asksForCode(before.user());
            case "code that waited" -> exchanges(before.code());
            case "device" -> connectsDevice(before.user());
            case "device that waited" -> before.device().poll().statusCode() == 200;
            default -> service.introspect(before.tokens().access()).path("active");
        };
        return in ? "in" : "out";
    }

    private static boolean asksForCode(String user) {
        var visitor = new Visitor(service);
        Seen seen = visitor.logIn(visitor.authorize(), user);
        return seen.status() == 303 && exchanges(seen.answer().get("code")); // the user has agreed before
    }

    private static boolean exchanges(String code) {
        return service.token(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "redirect_uri",
                                Visitor.CALLBACK,
                                "code_verifier",
                                Visitor.VERIFIER)
                        .statusCode()
                == 200;
    }

    private static boolean connectsDevice(String user) {
        if (Device.request(service).statusCode() != 200) {
            return false;
        }
        Device device = Device.begin(service);
        new Visitor(service).allow(device.userCode(), user);
        return device.poll().statusCode() == 200;
    }
}
