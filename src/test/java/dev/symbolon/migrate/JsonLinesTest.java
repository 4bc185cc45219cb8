package dev.symbolon.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Device;
import dev.symbolon.TestService;
import dev.symbolon.TestService.Outcome;
import dev.symbolon.authorize.Visitor;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code user} and {@code client import} and {@code export}. */
class JsonLinesTest {
    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void imported(String kind, String lines) {
        Outcome outcome = service.attemptWithInput(lines, kind, "import", "-");
        assertEquals(0, outcome.exitCode(), outcome::toString);
    }

    private void fails(String words, String kind, String lines) {
        Outcome outcome = service.attemptWithInput(lines, kind, "import", "-");
        assertEquals(1, outcome.exitCode(), outcome::toString);
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(words), outcome.err());
        assertFalse(outcome.err().contains("hidden"), outcome.err());
    }

    private Response login(String user, String password) {
        return service.token("grant_type", "password", "username", user, "password", password);
    }

    /** Made by PHP's password_hash and hash_pbkdf2. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            2y $2y$05$NPPVxd6Hg.6.s.9BOlRmsu56pCS5nPdEg5751/yAJLx3iDrWuWQhq
            2y $2b$05$NPPVxd6Hg.6.s.9BOlRmsu56pCS5nPdEg5751/yAJLx3iDrWuWQhq
            2y $2a$05$NPPVxd6Hg.6.s.9BOlRmsu56pCS5nPdEg5751/yAJLx3iDrWuWQhq
            2id $argon2id$v=19$m=1024,t=2,p=2$eWRSZHJTZGZENjQ1RFFwcQ$7PPQi1OQYAvN0+zzXlZDHwqZVxQiSPT0lD95qADpVwA
            sha1 $pbkdf2-sha1$i=1000,l=20$MDEyMzQ1Njc4OWFiY2RlZg$rV78YDJVz1deU+s9zZotFnTkT5E
            sha1 $pbkdf2-sha1$1000$MDEyMzQ1Njc4OWFiY2RlZg$rV78YDJVz1deU.s9zZotFnTkT5E
            sha256 $pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$jvEx9hfNwJPedIahD6e/IlQiMdyh6dOmppLhAEiUP9A
            sha512 $pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$MXkcxpPHN5d4ugmeyHpo5iN0mMyCt3mtqoVIxTo/FXWiPb1uT7eBzVMJN7lYXsrTUVrr7eDszgWW9yMOiVwtIw
            """)
    void users_log_in_and_clients_authenticate_by_hashes_made_elsewhere(String kind, String hash) {
        imported("user", "{\"username\":\"carol\",\"password_hash\":\"" + hash + "\"}\n");
        service.run("link add carol 1_aaa");
        login("carol", "hidden-" + kind + "x").then().statusCode(400);
        login("carol", "hidden-" + kind).then().statusCode(200);
        imported(
                "client",
                "{\"client_id\":\"app\",\"name\":\"App\",\"grants\":[\"client_credentials\"],\"secret_hash\":\"" + hash
                        + "\"}\n");
        assertEquals(401, machine("hidden"));
        assertEquals(200, machine("hidden-" + kind));
        service.run("client rotate-secret app --keep-old 1h --secret new");
        assertEquals(200, machine("hidden-" + kind));
        assertEquals(200, machine("new"));
        assertEquals(401, machine("other"));
    }

    private int machine(String secret) {
        return TestService.post("/oauth/v2/token", service.as("app", secret), "grant_type", "client_credentials")
                .statusCode();
    }

    @Test
    void plain_passwords_are_hashed_and_ids_names_and_times_are_kept() {
        imported("user", """
                {"id":"00000000-0000-4000-8000-000000000007","username":"Carol","password":"hidden","created_at":"2020-01-31T12:00:00Z"}

                {"username":"dave","password":"hidden","enabled":false}
                """);
        String shown = service.run("user show carol --json");
        assertTrue(shown.contains("00000000-0000-4000-8000-000000000007"), shown);
        assertTrue(shown.contains("2020-01-31T12:00:00Z") && shown.contains("\"Carol\""), shown);
        service.run("link add carol 1_aaa");
        login("carol", "hidden").then().statusCode(200);
        login("dave", "hidden").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"username":"dave"}                                          | line 2: either password or its hash
            {"username":"dave","password":"hidden","password_hash":"x"}  | line 2: either password or its hash
            {"username":"dave","password_hash":"hidden"}                 | line 2: a hash is bcrypt
            {"username":"dave","password_hash":"$2y$31$NPPVxd6Hg.6.s.9BOlRmsu56pCS5nPdEg5751/yAJLx3iDrWuWQhq"} | line 2: a hash
            {"username":"dave","password_hash":"$argon2id$v=19$m=9999999,t=2,p=2$eWRSZHJTZGZENjQ1RFFwcQ$7PPQi1OQYAvN0+zzXlZDHwqZVxQiSPT0lD95qADpVwA"} | line 2: a hash
            {"username":"","password":"hidden"}                          | line 2: username must have
            {"username":"ALICE","password":"hidden"}                     | line 2: there is a user of this name
            {"username":"CAROL","password":"hidden"}                     | line 2: there is a user of this name
            {"username":"dave","password":""}                            | line 2: a password or secret must have
            {"username":"dave","pasword":"hidden"}                       | line 2: there is no member pasword
            {"username":"dave","password":["hidden"]}                    | line 2: member password has a wrong type
            {"username":"dave","password":"hidden","enabled":"true"}     | line 2: member enabled has a wrong type
            {"username":"dave","password":"hidden","id":"7"}             | line 2: id is a UUID
            {"username":"dave","password":"hidden","id":"00000000-0000-0000-0000-000000000000"} | line 2: id is a UUID that does not begin with 16 zeros
            {"username":"dave","password":"hidden","id":"00000000-0000-0000-8000-000000000fff"} | line 2: id is a UUID that does not begin with 16 zeros
            {"username":"dave","password":"hidden","created_at":"now"}   | line 2: created_at is a time
            {"username":"dave","username":"eve","password":"hidden"}     | line 2: not a JSON object
            {"username":"dave","password":"hidden"                       | line 2: not a JSON object
            null                                                         | line 2: not a JSON object
            """)
    void a_bad_line_is_named_by_its_number_and_nothing_is_imported(String line, String words) {
        fails(words, "user", "{\"username\":\"carol\",\"password\":\"hidden\"}\n" + line + "\n");
        assertEquals(1, service.attempt("user", "show", "carol").exitCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"client_id":"a b","name":"A","grants":["password"],"client_secret":"hidden"}   | line 2: client_id must have
            {"client_id":"1_aaa","name":"A","grants":["password"],"client_secret":"hidden"} | line 2: there is a client of this id
            {"client_id":"a","name":"A","grants":["telepathy"],"client_secret":"hidden"}    | line 2: a grant is one of
            {"client_id":"a","name":"A","grants":["password"]}                              | line 2: either client_secret
            {"client_id":"a","name":"A","grants":["password"],"public":true,"client_secret":"hidden"} | line 2: a public client
            {"client_id":"a","name":"A","grants":["password"],"client_secret":"hidden","policy":"no"} | line 2: there is no such policy
            {"client_id":"a","name":"A","grants":["password"],"client_secret":"hidden","access_ttl":0} | line 2: a lifetime
            {"client_id":"a","name":"A","grants":[null],"client_secret":"hidden"}           | line 2: member grants has a wrong type
            {"client_id":"a","name":"A","grants":["password"],"scopes":["read",null],"client_secret":"hidden"} | line 2: member scopes has a wrong type
            {"client_id":"a","name":"A","grants":["password"],"redirect_uris":[null],"client_secret":"hidden"} | line 2: member redirect_uris has a wrong type
            {"client_id":"a","name":"A","grants":["password"],"client_secret":"hidden","old_secret_hash":"$6$salt$abc","old_secret_until":"2030-01-01T00:00:00Z"} | line 2: a hash is bcrypt
            {"client_id":"a","name":"A","grants":["password"],"client_secret":"hidden","old_secret_hash":"hidden","old_secret_until":"2030-01-01T00:00:00Z"} | line 2: a hash is bcrypt
            """)
    void a_bad_line_of_a_client_is_named_by_its_number_and_nothing_is_imported(String line, String words) {
        String good =
                "{\"client_id\":\"good\",\"name\":\"G\",\"grants\":[\"password\"],\"client_secret\":\"hidden\"}\n";
        fails(words, "client", good + line + "\n");
        assertEquals(1, service.attempt("client", "show", "good").exitCode());
    }

    @Test
    void a_file_that_is_not_there_or_no_text_is_one_line() throws IOException {
        Outcome missing = service.attempt("user", "import", "/none.jsonl");
        assertEquals(1, missing.exitCode());
        assertEquals(1, missing.err().lines().count(), missing.err());
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 10});
        Outcome outcome = service.attempt("user", "import", binary.toString());
        assertTrue(outcome.err().contains("line 1 cannot be read"), outcome::toString);
    }

    /** One of twenty imports draws the counter that makes up for the lost one of the pair. */
    private void comesBackTwentyTimes(String user, IntConsumer whenBack) {
        String line = service.run("user export")
                .lines()
                .filter(exported -> exported.contains('"' + user + '"'))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 20; i++) {
            service.run("user delete " + user);
            imported("user", line + "\n");
            whenBack.accept(i);
        }
    }

    private void createCarolOfAnUnlinkedPair() {
        service.run("user create carol --password carol-password");
        service.run("link add carol 1_aaa");
        service.run("link remove carol 1_aaa");
        service.run("client update 1_aaa --policy allow-all");
    }

    @Test
    void the_tokens_of_a_user_who_was_deleted_stay_dead_when_the_user_comes_back_under_the_same_id() {
        createCarolOfAnUnlinkedPair();
        String token = service.login("carol").access();
        comesBackTwentyTimes("carol", i -> assertFalse(service.isActive(token)));
    }

    @Test
    void the_codes_of_a_user_who_was_deleted_stay_dead_when_the_user_comes_back_under_the_same_id() {
        createCarolOfAnUnlinkedPair();
        List<String> codes = IntStream.range(0, 20)
                .mapToObj(i -> new Visitor(service).code("carol"))
                .toList();
        comesBackTwentyTimes(
                "carol",
                i -> service.token(
                                "grant_type",
                                "authorization_code",
                                "code",
                                codes.get(i),
                                "redirect_uri",
                                Visitor.CALLBACK,
                                "code_verifier",
                                Visitor.VERIFIER)
                        .then()
                        .statusCode(400));
    }

    @Test
    void the_device_codes_of_a_user_who_was_deleted_stay_dead_when_the_user_comes_back_under_the_same_id() {
        createCarolOfAnUnlinkedPair();
        List<Device> devices =
                IntStream.range(0, 20).mapToObj(i -> Device.begin(service)).toList();
        devices.forEach(device -> new Visitor(service).allow(device.userCode(), "carol"));
        comesBackTwentyTimes("carol", i -> devices.get(i).poll().then().statusCode(400));
    }

    @Test
    void more_users_than_a_page_go_out_and_in() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2500; i++) {
            lines.append("{\"username\":\"u")
                    .append(i)
                    .append("\",\"password_hash\":\"$2y$05$NPPVxd6Hg.6.s.9BOlRmsu56pCS5nPdEg5751/yAJLx3iDrWuWQhq\"}\n");
        }
        imported("user", lines.toString());
        assertEquals(2502, service.run("user export").lines().count());
        fails(
                "line 2500: there is a user of this name",
                "user",
                lines.toString().replace(":\"u", ":\"v").replace("v2499", "v0"));
    }

    @Test
    void a_round_trip_is_exact() throws IOException {
        service.run("user disable bob");
        service.run(
                "client update 1_aaa --policy-mode audit --access-ttl 15m --require-pkce --trusted --compat-fos --rate-limit 500/10s"
                        + " --scope-description read=Reading");
        service.run("client rotate-secret 2_ccc --keep-old 24h --secret eee");
        service.run("client create --id spa --public --name SPA --grant authorization_code"
                + " --redirect-uri https://spa.example/cb");
        String users = service.run("user export");
        String clients = service.run("client export");
        assertFalse((users + clients).contains("alice-password") || clients.contains("\"bbb\""), users);
        Path file = Files.writeString(directory.resolve("users.jsonl"), users);
        try (TestService other = TestService.empty(directory.resolve("other"))) {
            assertEquals(0, other.attempt("user", "import", file.toString()).exitCode());
            assertEquals(
                    0, other.attemptWithInput(clients, "client", "import", "-").exitCode());
            assertEquals(users, other.run("user export"));
            assertEquals(clients, other.run("client export"));
            for (String secret : new String[] {"ddd", "eee"}) {
                TestService.post("/oauth/v2/introspect", other.as("2_ccc", secret), "token", "x")
                        .then()
                        .statusCode(200);
            }
        }
    }
}
