package dev.symbolon.authorize;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static dev.symbolon.authorize.Visitor.CALLBACK;
import static dev.symbolon.authorize.Visitor.VERIFIER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of a code (RFC 6749 section 4.1.3, RFC 7636, RFC 9700 section 4.5). */
class AuthorizationCodeTest extends BrowserTest {
    @Test
    void a_code_gets_an_access_and_a_refresh_token_of_the_user_who_logged_in() {
        String code = visitor.code("alice");
        assertTrue(code.matches("sac_[A-Za-z0-9_-]{64}"), code);
        Granted granted = Granted.by(exchangeRightly(code));
        assertEquals("read write", granted.scope());
        JsonPath token = service.introspect(granted.access()).jsonPath();
        assertEquals("alice", token.getString("username"));
        assertEquals("1_aaa", token.getString("client_id"));
        assertEquals(
                "read write", Granted.by(service.refresh(granted.refresh())).scope());
    }

    @Test
    void a_client_without_the_refresh_grant_gets_an_access_token_alone() {
        service.run("client update 1_aaa --grant authorization_code");
        String code = visitor.code("alice");
        Granted granted = Granted.by(exchangeRightly(code));
        assertNull(granted.refresh());
        assertEquals(400, exchangeRightly(code).statusCode());
        assertFalse(service.isActive(granted.access()), "the second use revokes that one, too");
    }

    @Test
    void the_scope_is_what_was_asked_for() {
        Granted granted = Granted.by(exchangeRightly(visitor.code("alice", "scope", "read")));
        assertEquals("read", granted.scope());
    }

    @Test
    void rfc_9700_4_5_a_second_use_is_refused_and_revokes_what_the_first_got() {
        String code = visitor.code("alice");
        Granted first = Granted.by(exchangeRightly(code));
        Granted second = Granted.by(service.refresh(first.refresh()));
        refusedByEndpoint(exchangeRightly(code), 400, "invalid_grant");
        for (Granted granted : List.of(first, second)) {
            assertFalse(service.isActive(granted.access()));
            assertFalse(service.isActive(granted.refresh()));
        }
    }

    @Test
    void a_second_use_long_after_the_code_expired_still_revokes_what_the_first_got() {
        String code = visitor.code("alice");
        Granted granted = Granted.by(exchangeRightly(code));
        service.clock.advance(Duration.ofMinutes(30));
        service.run("token purge");
        assertTrue(service.isActive(granted.access()));
        refusedByEndpoint(exchangeRightly(code), 400, "invalid_grant");
        assertFalse(service.isActive(granted.access()));
    }

    @Test
    void of_16_simultaneous_uses_exactly_one_gets_tokens_and_they_are_dead_afterwards() {
        String code = visitor.code("alice");
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> exchangeRightly(code)));
        }
        List<Granted> granted = new ArrayList<>();
        for (CompletableFuture<Response> answer : answers) {
            Response response = answer.join();
            if (response.statusCode() == 200) {
                granted.add(Granted.by(response));
            } else {
                refusedByEndpoint(response, 400, "invalid_grant");
            }
        }
        assertEquals(1, granted.size());
        assertFalse(service.isActive(granted.get(0).access()));
        assertEquals("[]\n", service.run("token list --json"));
    }

    @Test
    void a_code_is_dead_from_the_very_second_it_expires() {
        String late = visitor.code("alice");
        service.clock.advance(Duration.ofSeconds(59));
        Granted.by(exchangeRightly(late));
        String tooLate = new Visitor(service).code("alice");
        service.clock.advance(Duration.ofSeconds(60));
        refusedByEndpoint(exchangeRightly(tooLate), 400, "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:3000/callback/",
                "http://127.0.0.1:3001/callback",
                "http://127.0.0.1:3000/CALLBACK",
                ""
            })
    void rfc_6749_4_1_3_the_redirect_uri_has_to_be_the_one_of_the_request(String redirectUri) {
        String code = visitor.code("alice");
        refusedByEndpoint(exchange(code, "redirect_uri", redirectUri, "code_verifier", VERIFIER), 400, "invalid_grant");
        Granted.by(exchangeRightly(code));
    }

    @Test
    void a_redirect_uri_that_was_not_in_the_request_need_not_be_in_the_exchange() {
        Granted.by(exchange(visitor.code("alice", "redirect_uri", null), "code_verifier", VERIFIER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "short"})
    void rfc_7636_4_6_a_challenge_needs_its_verifier(String verifier) {
        String code = visitor.code("alice");
        refusedByEndpoint(exchange(code, "redirect_uri", CALLBACK, "code_verifier", verifier), 400, "invalid_grant");
    }

    @Test
    void rfc_9700_4_8_2_a_verifier_without_a_challenge_is_refused() {
        String code = visitor.code("alice", "code_challenge", null, "code_challenge_method", null);
        refusedByEndpoint(exchangeRightly(code), 400, "invalid_grant");
        Granted.by(exchange(code, "redirect_uri", CALLBACK));
    }

    @Test
    void a_code_of_another_client_is_refused_and_nothing_is_revoked() {
        service.run("client create --id other --name Other --secret s3cret --grant authorization_code"
                + " --redirect-uri https://other.example/cb");
        String code = visitor.code("alice");
        Granted granted = Granted.by(exchangeRightly(code));
        Response stolen = post(
                "/oauth/v2/token",
                service.as("other", "s3cret"),
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                VERIFIER);
        refusedByEndpoint(stolen, 400, "invalid_grant");
        assertTrue(service.isActive(granted.access()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sac_", "sac_AaIIzuNAdJKFYQgas4aHzMbJ_3uXDyzvHAjsgQu1XTMPO2k8g1h1KzUEBxE0CCuU", "x", "sat_"})
    void what_is_no_code_of_ours_is_refused(String code) {
        refusedByEndpoint(exchangeRightly(code), 400, "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link remove alice 1_aaa; link add alice 1_aaa",
                "user disable alice; user enable alice",
                "user set-password alice --password other",
                "client disable 1_aaa; client enable 1_aaa",
                "token revoke --user alice",
                "token revoke --client 1_aaa",
                "consent revoke alice 1_aaa",
                "user delete alice"
            })
    void what_kills_tokens_kills_codes_for_good(String events) {
        String code = visitor.code("alice");
        for (String command : events.split("; ")) {
            service.run(command);
        }
        refusedByEndpoint(exchangeRightly(code), 400, "invalid_grant");
        assertEquals("[]\n", service.run("token list --json"));
    }

    @Test
    void the_policy_is_asked_again_and_a_denial_consumes_nothing() {
        service.run("client update 1_aaa --policy-mode audit");
        String code = visitor.code("bob");
        service.run("client update 1_aaa --policy-mode enforce");
        assertEquals(
                "user is not linked to this client", refusedByEndpoint(exchangeRightly(code), 400, "invalid_grant"));
        service.run("link add bob 1_aaa --scope read");
        assertEquals("read", Granted.by(exchangeRightly(code)).scope());
    }

    @ParameterizedTest
    @ValueSource(strings = {"link add alice 1_aaa --scope other", "client update 1_aaa --scope other"})
    void a_code_of_whose_scopes_nothing_is_left_gets_no_token_until_some_come_back(String command) {
        String code = visitor.code("alice");
        service.run(command);
        refusedByEndpoint(exchangeRightly(code), 400, "invalid_scope");
        assertEquals("[]\n", service.run("token list --json"));
        service.run("link add alice 1_aaa");
        service.run("client update 1_aaa --scope read");
        assertEquals("read", Granted.by(exchangeRightly(code)).scope());
    }

    @Test
    void a_code_for_no_scope_at_all_gets_a_token_without_scopes() {
        service.run("link add alice 1_aaa --scope other");
        assertEquals("", Granted.by(exchangeRightly(visitor.code("alice"))).scope());
    }

    @Test
    void what_audit_mode_lets_through_is_recorded_once_with_the_token() {
        service.run("client update 1_aaa --policy-mode audit");
        String code = visitor.code("bob");
        assertEquals("[]\n", service.run("policy report --json"));
        Granted.by(exchangeRightly(code));
        assertEquals(1, JsonPath.from(service.run("policy report --json")).getInt("[0].count"));
    }
}
