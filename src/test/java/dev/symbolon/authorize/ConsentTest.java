package dev.symbolon.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consent, what is remembered of it, and Bob. */
class ConsentTest extends BrowserTest {
    private static final String ASKED = "Allow Tutorial?";

    @Override
    protected String[] settings() {
        return new String[] {"consent.scopes", "read=See your payslips"};
    }

    @Test
    void the_page_says_who_asks_for_what_and_who_is_asked() {
        Seen seen = visitor.logIn(visitor.authorize(), "alice");
        assertEquals(ASKED, seen.title());
        assertTrue(seen.body().contains("You are logged in as alice."));
        assertTrue(seen.body().contains("<li>See your payslips</li>"));
        assertTrue(seen.body().contains("<li>Use the permission “write”</li>"));
        assertTrue(seen.body().contains("The answer goes to: 127.0.0.1"));
    }

    @Test
    void the_client_s_own_words_for_its_scopes_come_first() {
        update("--scope-description", "read=See your mail", "--scope-description", "other=Anything");
        String asked = visitor.logIn(visitor.authorize(), "alice").body();
        assertTrue(asked.contains("<li>See your mail</li>"));
        assertTrue(asked.contains("<li>Use the permission “write”</li>"));
        assertFalse(asked.contains("Anything"));
        update("--scope-description", "");
        assertTrue(visitor.authorize().body().contains("<li>See your payslips</li>"));
    }

    private void update(String... options) {
        List<String> words = new ArrayList<>(List.of("client", "update", "1_aaa"));
        words.addAll(List.of(options));
        assertEquals(0, service.attempt(words.toArray(String[]::new)).exitCode());
    }

    @Test
    void who_denies_sends_access_denied_and_nothing_is_remembered() {
        Seen seen = visitor.logIn(visitor.authorize(), "alice");
        Map<String, String> answer = visitor.submit(seen, "deny").answer();
        assertEquals("access_denied", answer.get("error"));
        assertEquals("xyz", answer.get("state"));
        assertEquals(service.issuer(), answer.get("iss"));
        assertEquals(ASKED, visitor.authorize().title());
        assertEquals("[]\n", service.run("consent list --json"));
    }

    @Test
    void who_has_agreed_is_not_asked_again_for_the_same_or_less() {
        visitor.logIn(visitor.authorize("scope", "read"), "alice");
        visitor.submit(visitor.authorize("scope", "read"), "allow");
        assertTrue(visitor.authorize("scope", "read").answer().containsKey("code"));
        Seen more = visitor.authorize("scope", "read write");
        assertEquals(ASKED, more.title());
        visitor.submit(more, "allow");
        for (String scope : new String[] {"read", "write", "read write"}) {
            assertTrue(visitor.authorize("scope", scope).answer().containsKey("code"));
        }
    }

    @Test
    void what_one_user_agreed_to_another_did_not() {
        visitor.code("alice");
        service.run("link add bob 1_aaa");
        var other = new Visitor(service);
        assertEquals(ASKED, other.logIn(other.authorize(), "bob").title());
    }

    @Test
    void only_what_was_shown_is_granted() {
        service.run("link add alice 1_aaa --scope read");
        Seen seen = visitor.logIn(visitor.authorize(), "alice");
        service.run("link add alice 1_aaa");
        String code = visitor.submit(seen, "allow").answer().get("code");
        assertEquals("read", Granted.by(exchangeRightly(code)).scope());
    }

    @Test
    void a_scope_that_the_link_does_not_allow_is_invalid_when_it_was_named() {
        service.run("link add alice 1_aaa --scope read");
        Seen seen = visitor.logIn(visitor.authorize("scope", "read write"), "alice");
        assertEquals("invalid_scope", seen.answer().get("error"));
    }

    @Test
    void a_trusted_client_need_not_ask() {
        service.run("client update 1_aaa --trusted");
        assertTrue(visitor.logIn(visitor.authorize(), "alice").answer().containsKey("code"));
        assertEquals(ASKED, visitor.authorize("prompt", "consent").title());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:3000/callback", "com.example.app:/callback"})
    void rfc_8252_8_6_a_client_that_others_could_pose_as_asks_each_time(String uri) {
        service.run("client create --id app --name Tutorial --public --grant authorization_code --redirect-uri " + uri);
        service.run("link add alice app");
        String[] request = {"client_id", "app", "redirect_uri", uri};
        Seen seen = visitor.logIn(visitor.authorize(request), "alice");
        assertTrue(seen.body().contains("runs on your own device"));
        assertTrue(visitor.submit(seen, "allow").answer(uri).containsKey("code"));
        assertEquals(ASKED, visitor.authorize(request).title());
        assertEquals("[]\n", service.run("consent list --json"));
        assertEquals(
                2,
                service.attempt(
                                "client",
                                "create",
                                "--name",
                                "T",
                                "--public",
                                "--trusted",
                                "--grant",
                                "authorization_code",
                                "--redirect-uri",
                                uri)
                        .exitCode());
    }

    @Test
    void consents_are_listed_and_withdrawn_and_what_the_client_holds_dies() {
        Granted granted = Granted.by(exchangeRightly(visitor.code("alice")));
        Map<String, Object> consent =
                JsonPath.from(service.run("consent list --json")).getMap("[0]");
        assertEquals(java.util.Set.of("username", "client_id", "scopes", "granted_at"), consent.keySet());
        assertEquals("alice", consent.get("username"));
        assertEquals("1_aaa", consent.get("client_id"));
        assertEquals("[]\n", service.run("consent list --user bob --json"));
        service.run("consent revoke alice 1_aaa");
        assertFalse(service.isActive(granted.access()));
        assertEquals(400, service.refresh(granted.refresh()).statusCode());
        assertEquals(ASKED, visitor.authorize().title());
        assertEquals(1, service.attempt("consent", "revoke", "alice", "1_aaa").exitCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client delete 1_aaa; client create --id 1_aaa --name Tutorial --secret bbb --grant authorization_code"
                        + " --redirect-uri http://127.0.0.1:3000/callback; link add alice 1_aaa",
                "user delete alice; user create alice --password alice-password; link add alice 1_aaa"
            })
    void a_consent_is_gone_with_its_user_or_client(String events) {
        visitor.code("alice");
        for (String command : events.split("; ")) {
            service.run(command);
        }
        var anew = new Visitor(service);
        assertEquals(ASKED, anew.logIn(anew.authorize(), "alice").title());
    }

    @Test
    void bob_is_told_in_plain_words_and_the_client_is_told_when_he_goes_on() {
        Seen seen = visitor.logIn(visitor.authorize(), "bob");
        assertEquals(403, seen.status());
        assertEquals("You cannot use Tutorial", seen.title());
        assertTrue(seen.body().contains("Your account bob is not linked to the application Tutorial."));
        assertTrue(seen.body().contains("ask your administrator"));
        Map<String, String> answer = visitor.submit(seen, "deny").answer();
        assertEquals("access_denied", answer.get("error"));
        assertEquals(
                "access_denied", visitor.authorize("prompt", "none").answer().get("error"));
        assertEquals("[]\n", service.run("token list --json"));
    }

    @Test
    void bob_cannot_get_a_code_by_a_form_he_should_not_have() {
        service.run("link add bob 1_aaa");
        Seen consent = visitor.logIn(visitor.authorize(), "bob");
        service.run("link remove bob 1_aaa");
        assertEquals(
                "You cannot use Tutorial",
                visitor.follow(visitor.submit(consent, "allow")).title());
    }

    @Test
    void where_a_denial_is_not_disclosed_bob_gets_the_page_of_a_wrong_password() {
        service = service.restart("policy.disclose-denial", "false");
        visitor = new Visitor(service);
        Seen seen = visitor.submit(visitor.authorize(), "login", "username", "bob", "password", "bob-password");
        assertEquals(400, seen.status());
        assertTrue(seen.body().contains("User name or password is wrong."));
        assertEquals("[]\n", service.run("session list --json"));
        assertEquals(ASKED, visitor.logIn(visitor.authorize(), "alice").title());
    }
}
