package dev.symbolon.client;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a client is (RFC 6749 section 2.3). How Basic is spelt is in {@code http.BasicTest}. */
class ClientAuthenticationTest {
    @TempDir
    Path directory;

    TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void an_unknown_client_a_wrong_secret_and_a_disabled_client_get_the_very_same_answer() {
        service.run("client create --id gone --secret s --name Gone --grant client_credentials");
        service.run("client disable gone");
        Response wrong = basic("1_aaa", "wrong");
        refusedByEndpoint(wrong, 401, "invalid_client");
        for (Response other : new Response[] {
            basic("unknown", "bbb"),
            basic("gone", "s"),
            basic("gone", "wrong"),
            basic("1_AAA", "bbb"),
            basic("1_aaa ", "bbb"),
            basic("x".repeat(300), "bbb"),
            basic("\u00e4", "bbb"),
            body("1_aaa", "wrong"),
            body("unknown", "bbb"),
            body("gone", "s"),
            service.raw("grant_type=client_credentials&client_id=1_aaa"),
            service.raw("grant_type=client_credentials&client_id=unknown"),
            service.raw("grant_type=client_credentials&client_id=gone"),
            service.raw("grant_type=client_credentials&client_secret=bbb")
        }) {
            assertEquals(wrong.asString(), other.asString());
            assertEquals(wrong.statusCode(), other.statusCode());
            assertEquals(wrong.header("WWW-Authenticate"), other.header("WWW-Authenticate"));
            assertEquals(wrong.headers().size(), other.headers().size());
        }
    }

    @Test
    void a_client_authenticates_by_basic_or_by_the_body() {
        Granted.by(basic("1_aaa", "bbb"));
        Granted.by(body("1_aaa", "bbb"));
    }

    @Test
    void a_public_client_names_itself_and_one_that_sends_a_secret_is_refused() {
        service.run("client create --id app --name App --public --grant password --scope read");
        service.run("link add alice app");
        String login = "grant_type=password&username=alice&password=alice-password&client_id=app";
        Granted.by(service.raw(login));
        Granted.by(service.raw(login + "&client_secret="));
        refusedByEndpoint(service.raw(login + "&client_secret=x"), 401, "invalid_client");
        refusedByEndpoint(basic("app", "x"), 401, "invalid_client");
        service.run("client disable app");
        refusedByEndpoint(service.raw(login), 401, "invalid_client");
        assertNotEquals(0, service.attempt("client", "rotate-secret", "app").exitCode());
    }

    @Test
    void a_disabled_or_deleted_client_is_refused_from_the_very_next_request_although_its_secret_is_remembered() {
        Granted.by(basic("1_aaa", "bbb"));
        service.run("client disable 1_aaa");
        refusedByEndpoint(basic("1_aaa", "bbb"), 401, "invalid_client");
        service.run("client enable 1_aaa");
        Granted.by(basic("1_aaa", "bbb"));
        service.run("client delete 1_aaa");
        refusedByEndpoint(basic("1_aaa", "bbb"), 401, "invalid_client");
        service.run("client create --id 1_aaa --secret new --name New --grant client_credentials");
        refusedByEndpoint(basic("1_aaa", "bbb"), 401, "invalid_client");
        Granted.by(basic("1_aaa", "new"));
    }

    @Test
    void a_rotated_secret_is_out_at_the_very_next_request() {
        Granted.by(basic("1_aaa", "bbb"));
        String secret =
                JsonPath.from(service.run("client rotate-secret 1_aaa --json")).getString("client_secret");
        refusedByEndpoint(basic("1_aaa", "bbb"), 401, "invalid_client");
        Granted.by(basic("1_aaa", secret));
    }

    @Test
    void while_keep_old_lasts_both_secrets_work_and_then_only_the_new_one() {
        Granted.by(basic("1_aaa", "bbb"));
        service.run("client rotate-secret 1_aaa --secret new --keep-old 1h");
        Granted.by(basic("1_aaa", "bbb"));
        Granted.by(basic("1_aaa", "new"));
        refusedByEndpoint(basic("1_aaa", "neither"), 401, "invalid_client");
        service.clock.advance(Duration.ofHours(1).minusSeconds(1));
        Granted.by(basic("1_aaa", "bbb"));
        service.clock.advance(Duration.ofSeconds(1));
        refusedByEndpoint(basic("1_aaa", "bbb"), 401, "invalid_client");
        Granted.by(basic("1_aaa", "new"));
    }

    @Test
    void a_rotation_without_keep_old_ends_the_old_secret_that_was_kept() {
        service.run("client rotate-secret 1_aaa --secret two --keep-old 1h");
        service.run("client rotate-secret 1_aaa --secret three");
        refusedByEndpoint(basic("1_aaa", "bbb"), 401, "invalid_client");
        refusedByEndpoint(basic("1_aaa", "two"), 401, "invalid_client");
        Granted.by(basic("1_aaa", "three"));
    }

    @Test
    void hashes_of_another_cost_are_redone_at_the_next_success_and_not_at_a_failure() {
        assertEquals(0, hashes("$2b$05$"));
        service = service.restart("password.bcrypt-cost", "5");
        refusedByEndpoint(basic("1_aaa", "wrong"), 401, "invalid_client");
        service = service.restart();
        assertEquals(0, hashes("$2b$05$"));
        Granted.by(basic("1_aaa", "bbb"));
        service.login("alice");
        service = service.restart();
        assertTrue(hashes("$2b$05$") >= 2);
        Granted.by(basic("1_aaa", "bbb"));
        service.login("alice");
        service = service.restart("password.bcrypt-cost", "4");
        Granted.by(basic("1_aaa", "bbb"));
        refusedByEndpoint(basic("1_aaa", "wrong"), 401, "invalid_client");
    }

    @Test
    void a_hash_that_is_redone_keeps_both_secrets_and_kills_no_token() {
        Granted alice = service.login("alice");
        service.run("client rotate-secret 1_aaa --secret new --keep-old 1h");
        service = service.restart("password.bcrypt-cost", "5");
        for (String secret : new String[] {"bbb", "new", "bbb", "new"}) {
            Granted.by(basic("1_aaa", secret));
        }
        assertTrue(service.isActive(alice.access()));
        service.login("alice");
        assertTrue(service.isActive(alice.refresh()));
    }

    @Test
    void long_secrets_that_differ_after_72_bytes_or_after_a_nul_are_different() {
        String start = "x".repeat(72);
        service.run("client create --id long --name Long --grant client_credentials --secret " + start + "1");
        Granted.by(basic("long", start + "1"));
        refusedByEndpoint(basic("long", start + "2"), 401, "invalid_client");
        refusedByEndpoint(basic("long", start + "1\0"), 401, "invalid_client");
        refusedByEndpoint(basic("1_aaa", "bbb\0"), 401, "invalid_client");
    }

    /** Hashes of this beginning in the database's file, which the database wrote completely when it was closed. */
    private long hashes(String beginning) {
        String bytes = new String(service.databaseBytes(), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.isEmpty());
        return (bytes.length() - bytes.replace(beginning, "").length()) / beginning.length();
    }

    private Response basic(String id, String secret) {
        String pair = java.net.URLEncoder.encode(id, StandardCharsets.UTF_8) + ":"
                + java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String encoded = java.util.Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        var request = service.form().header("Authorization", "Basic " + encoded);
        return post("/oauth/v2/token", request, "grant_type", "client_credentials");
    }

    private Response body(String id, String secret) {
        return post(
                "/oauth/v2/token",
                service.form(),
                "grant_type",
                "client_credentials",
                "client_id",
                id,
                "client_secret",
                secret);
    }
}
