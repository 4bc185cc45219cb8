package dev.symbolon.cli;

import static dev.symbolon.TestService.post;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCommandsTest extends CommandTest {
    private ValidatableResponse authenticate(String id, String secret) {
        return post("/oauth/v2/token", service.as(id, secret), "grant_type", "client_credentials")
                .then();
    }

    @Test
    void a_created_client_works_at_once_with_the_generated_id_and_secret_of_128_bits_or_more() {
        JsonNode client = json("client create --name App --grant client_credentials");
        String id = client.get("client_id").textValue();
        String secret = client.get("client_secret").textValue();
        assertTrue(id.matches("[A-Za-z0-9_][A-Za-z0-9_-]{21,}"), id);
        assertTrue(secret.matches("[A-Za-z0-9_][A-Za-z0-9_-]{21,}"), secret);
        authenticate(id, secret).statusCode(200);
    }

    @Test
    void two_clients_get_different_ids_and_secrets() {
        JsonNode one = json("client create --name App --grant password");
        JsonNode other = json("client create --name App --grant password");
        assertFalse(one.get("client_id").equals(other.get("client_id")));
        assertFalse(one.get("client_secret").equals(other.get("client_secret")));
    }

    @Test
    void the_json_of_a_client_has_the_members_of_the_contract() throws Exception {
        JsonNode client = json("client show 1_aaa");
        assertTrue(members(client)
                .containsAll(Set.of(
                        "client_id",
                        "name",
                        "grants",
                        "scopes",
                        "redirect_uris",
                        "public",
                        "introspect",
                        "enabled",
                        "policy",
                        "policy_mode")));
        assertEquals("1_aaa", client.get("client_id").textValue());
        assertEquals("Tutorial", client.get("name").textValue());
        assertEquals(
                "[\"authorization_code\",\"client_credentials\",\"password\",\"refresh_token\","
                        + "\"urn:ietf:params:oauth:grant-type:device_code\"]",
                String.valueOf(client.get("grants")));
        assertEquals("[\"read\",\"write\"]", String.valueOf(client.get("scopes")));
        assertEquals("[\"http://127.0.0.1:3000/callback\"]", String.valueOf(client.get("redirect_uris")));
        assertEquals(
                "false false true null null",
                "%s %s %s %s %s"
                        .formatted(
                                client.get("public"),
                                client.get("introspect"),
                                client.get("enabled"),
                                client.get("policy"),
                                client.get("policy_mode")));
    }

    @Test
    void the_secret_is_printed_by_create_and_rotate_secret_and_by_nothing_else() {
        String created = service.run("client create --id app --name App --secret s3cret-1 --grant password");
        assertEquals(2, created.split("s3cret-1", -1).length, created);
        String rotated = service.run("client rotate-secret app --secret s3cret-2");
        assertEquals(2, rotated.split("s3cret-2", -1).length, rotated);
        String others = service.run("client show app")
                + service.run("client show app --json")
                + service.run("client list")
                + service.run("client list --json")
                + service.run("client update app --name B --json")
                + service.run("client disable app --json")
                + service.run("client enable app --json")
                + service.run("client delete app --json");
        assertFalse(others.contains("s3cret") || others.contains("client_secret"), others);
    }

    @Test
    void a_public_client_has_no_secret() {
        assertFalse(json("client create --id spa --name Spa --grant password --public")
                .has("client_secret"));
        assertFalse(service.run("client create --name Spa --grant password --public")
                .contains("shown this once"));
        fails(1, "has no secret", "client", "rotate-secret", "spa");
        fails(2, "no secret", "client", "create", "--name", "S", "--grant", "password", "--public", "--secret", "x");
    }

    @Test
    void a_client_needs_a_grant_or_introspect() {
        fails(2, "--introspect", "client", "create", "--name", "S");
        fails(1, "--introspect", "client", "update", "1_aaa", "--grant=");
        service.run("client create --name S --introspect");
    }

    @Test
    void redirect_uris_are_https_loopback_or_of_a_scheme_with_a_period() {
        String uris =
                "https://a.example/cb?x=1,http://127.0.0.1/cb,http://[::1]:8/cb,http://localhost:3000/,com.example.app:/cb";
        JsonNode client = json("client create --name A --grant authorization_code --redirect-uri " + uris);
        assertEquals(5, client.get("redirect_uris").size());
    }

    @Test
    void an_id_that_is_taken_is_refused_and_nothing_changes() {
        fails(1, "1_aaa", "client", "create", "--id", "1_aaa", "--name", "S", "--grant", "password");
        assertEquals("Tutorial", json("client show 1_aaa").get("name").textValue());
        authenticate("1_aaa", "bbb").statusCode(200);
    }

    @Test
    void list_shows_every_client_in_an_array_and_in_a_table() {
        JsonNode list = json("client list");
        assertTrue(list.isArray());
        assertEquals(2, list.size());
        assertEquals(json("client show 1_aaa"), list.get(0));
        assertEquals(3, service.run("client list").lines().count());
    }

    @Test
    void update_replaces_a_list_that_is_given_keeps_the_others_and_holds_from_the_next_request() {
        service.run("client update 1_aaa --scope read");
        JsonNode client = json("client show 1_aaa");
        assertEquals("[\"read\"]", client.get("scopes").toString());
        assertEquals(5, client.get("grants").size());
        service.token("grant_type", "client_credentials").then().statusCode(200).body("scope", equalTo("read"));
        service.token("grant_type", "client_credentials", "scope", "write")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    @Test
    void an_empty_list_clears_it() {
        assertEquals("[]", json("client update 1_aaa --scope=").get("scopes").toString());
        assertEquals(
                "[]",
                json("client update 1_aaa --redirect-uri= --grant client_credentials")
                        .get("redirect_uris")
                        .toString());
        service.token("grant_type", "client_credentials").then().statusCode(200).body("scope", equalTo(""));
    }

    @Test
    void options_of_several_values_are_repeated_or_comma_separated() {
        JsonNode client = json("client update 1_aaa --scope a,b --scope c --grant password --grant refresh_token");
        assertEquals("[\"a\",\"b\",\"c\"]", client.get("scopes").toString());
        assertEquals("[\"password\",\"refresh_token\"]", client.get("grants").toString());
    }

    @Test
    void scope_descriptions_are_kept_until_others_are_given() {
        JsonNode client = CommandTest.json(service.attempt(
                "client",
                "update",
                "1_aaa",
                "--scope-description",
                "write=Change = your mail",
                "--scope-description",
                "read=See <b>",
                "--json"));
        String kept = "{\"read\":\"See <b>\",\"write\":\"Change = your mail\"}";
        assertEquals(kept, client.get("scope_descriptions").toString());
        assertEquals(
                kept,
                json("client update 1_aaa --name Other")
                        .get("scope_descriptions")
                        .toString());
        assertTrue(service.run("client show 1_aaa").contains("read=See <b>;write=Change = your mail\n"));
        assertEquals(
                "{}",
                CommandTest.json(service.attempt("client", "update", "1_aaa", "--scope-description", "", "--json"))
                        .get("scope_descriptions")
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read",
                "=See",
                "read=",
                "re ad=See",
                "read=a;b",
                "read=a;read=b",
                "read=\u0007",
                "read="
                        + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
                        + "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
            })
    void what_is_no_scope_description_is_refused(String words) {
        assertNotEquals(
                0,
                service.attempt("client", "update", "1_aaa", "--scope-description", words)
                        .exitCode());
    }

    @Test
    void a_switch_is_turned_off_by_its_no_form_and_default_takes_back_what_was_the_clients_own() {
        service.run(
                "client update 1_aaa --introspect --require-pkce --trusted --compat-fos --policy allow-all --policy-mode audit"
                        + " --access-ttl 90s --refresh-ttl 30d");
        JsonNode own = json("client show 1_aaa");
        assertEquals(
                "true true allow-all audit",
                "%s %s %s %s"
                        .formatted(
                                own.get("introspect"),
                                own.get("compat_fos"),
                                own.get("policy").textValue(),
                                own.get("policy_mode").textValue()));
        service.token("grant_type", "client_credentials").then().body("expires_in", equalTo(90));
        service.password("bob").then().statusCode(200);
        service.run(
                "client update 1_aaa --no-introspect --no-require-pkce --no-trusted --no-compat-fos --policy default"
                        + " --policy-mode default --access-ttl default --refresh-ttl default");
        JsonNode again = json("client show 1_aaa");
        assertEquals(
                "false false null null",
                "%s %s %s %s"
                        .formatted(
                                again.get("introspect"),
                                again.get("compat_fos"),
                                again.get("policy"),
                                again.get("policy_mode")));
        service.token("grant_type", "client_credentials").then().body("expires_in", equalTo(3600));
        service.password("bob").then().statusCode(400);
    }

    @Test
    void a_disabled_client_and_its_tokens_are_refused_at_once_and_the_tokens_stay_dead() {
        String token = aliceToken();
        assertEquals(false, json("client disable 1_aaa").get("enabled").booleanValue());
        authenticate("1_aaa", "bbb").statusCode(401).body("error", equalTo("invalid_client"));
        service.introspect(token).then().body("active", equalTo(false));
        assertEquals(true, json("client enable 1_aaa").get("enabled").booleanValue());
        authenticate("1_aaa", "bbb").statusCode(200);
        assertFalse(service.isActive(token));
    }

    @Test
    void a_deleted_client_is_gone_with_its_links_and_its_tokens_stay_dead_when_the_id_comes_back() {
        String token = aliceToken();
        service.run("client delete 1_aaa");
        authenticate("1_aaa", "bbb").statusCode(401);
        assertEquals("[]", json("link list").toString());
        service.run("client create --id 1_aaa --secret bbb --name T --grant client_credentials,password");
        assertFalse(service.isActive(token));
        service.introspect(token).then().body("active", equalTo(false));
        service.password("alice").then().statusCode(400);
    }

    @Test
    void rotating_a_secret_ends_the_old_one_at_once() {
        String secret = json("client rotate-secret 1_aaa").get("client_secret").textValue();
        authenticate("1_aaa", "bbb").statusCode(401);
        authenticate("1_aaa", secret).statusCode(200);
    }

    @Test
    void while_keep_old_lasts_both_secrets_work() {
        service.run("client rotate-secret 1_aaa --secret new --keep-old 1h");
        authenticate("1_aaa", "bbb").statusCode(200);
        authenticate("1_aaa", "new").statusCode(200);
        service.clock.advance(Duration.ofMinutes(61));
        authenticate("1_aaa", "bbb").statusCode(401);
        authenticate("1_aaa", "new").statusCode(200);
    }

    @Test
    void a_secret_is_read_from_standard_input_without_the_end_of_its_line() {
        var outcome = service.attemptWithInput("s3cret\nrest", "client", "rotate-secret", "1_aaa", "--secret-stdin");
        assertEquals(0, outcome.exitCode(), outcome::toString);
        authenticate("1_aaa", "s3cret").statusCode(200);
        assertFailed(1, "standard input", service.attempt("client", "rotate-secret", "1_aaa", "--secret-stdin"));
    }
}
