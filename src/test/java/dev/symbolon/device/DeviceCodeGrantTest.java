package dev.symbolon.device;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Device;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.authorize.BrowserTest;
import dev.symbolon.authorize.Visitor;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of a device code (RFC 8628 sections 3.4 and 3.5). */
class DeviceCodeGrantTest extends BrowserTest {
    private void advance(int seconds) {
        service.clock.advance(Duration.ofSeconds(seconds));
    }

    private Device allowed(String... parameters) {
        Device device = Device.begin(service, parameters);
        visitor.allow(device.userCode(), "alice");
        return device;
    }

    @Test
    void a_device_gets_the_tokens_of_the_user_who_has_allowed_it() {
        Device device = Device.begin(service);
        refusedByEndpoint(device.poll(), 400, "authorization_pending");
        visitor.allow(device.userCode(), "alice");
        Granted granted = Granted.by(device.poll());
        assertEquals("read write", granted.scope());
        JsonPath token = service.introspect(granted.access()).jsonPath();
        assertEquals("alice", token.getString("username"));
        assertEquals("1_aaa", token.getString("client_id"));
        assertTrue(
                service.isActive(Granted.by(service.refresh(granted.refresh())).access()));
    }

    @Test
    void a_client_without_the_refresh_grant_gets_an_access_token_alone() {
        service.run("client update 1_aaa --grant " + Device.GRANT);
        assertNull(Granted.by(allowed().poll()).refresh());
    }

    @Test
    void the_scope_is_what_was_asked_for() {
        assertEquals("read", Granted.by(allowed("scope", "read").poll()).scope());
    }

    @Test
    void a_public_client_gets_tokens_by_its_name() {
        service.run("client create --id tv --name Television --public --scope read --grant " + Device.GRANT);
        service.run("link add alice tv");
        JsonPath begun = post("/oauth/v2/device_authorization", service.form(), "client_id", "tv")
                .jsonPath();
        visitor.allow(begun.getString("user_code"), "alice");
        String code = begun.getString("device_code");
        Response response = post(
                "/oauth/v2/token", service.form(), "client_id", "tv", "grant_type", Device.GRANT, "device_code", code);
        assertEquals("read", Granted.by(response).scope());
    }

    @Test
    void rfc_8628_3_5_polling_too_fast_costs_five_seconds_more_each_time_on_every_instance() {
        try (TestService replica = service.replica()) {
            Device device = Device.begin(service);
            Device elsewhere = new Device(replica, device.code(), device.userCode());
            refusedByEndpoint(device.poll(), 400, "authorization_pending");
            advance(5);
            refusedByEndpoint(elsewhere.poll(), 400, "authorization_pending");
            advance(4);
            refusedByEndpoint(device.poll(), 400, "slow_down");
            advance(9);
            refusedByEndpoint(elsewhere.poll(), 400, "slow_down");
            advance(15);
            refusedByEndpoint(device.poll(), 400, "authorization_pending");
            advance(14);
            refusedByEndpoint(elsewhere.poll(), 400, "slow_down");
            Device other = Device.begin(service);
            refusedByEndpoint(other.poll(), 400, "authorization_pending");
            advance(5);
            refusedByEndpoint(other.poll(), 400, "authorization_pending");
        }
    }

    @Test
    void once_the_user_has_answered_no_poll_is_too_fast() {
        Device device = Device.begin(service);
        refusedByEndpoint(device.poll(), 400, "authorization_pending");
        refusedByEndpoint(device.poll(), 400, "slow_down");
        visitor.allow(device.userCode(), "alice");
        Granted.by(device.poll());
    }

    @Test
    void a_code_is_dead_from_the_very_second_it_expires_allowed_or_not() {
        Device waits = Device.begin(service);
        Device allowed = allowed();
        Device late = Device.begin(service);
        new Visitor(service).allow(late.userCode(), "alice");
        advance(599);
        Granted.by(late.poll());
        advance(1);
        refusedByEndpoint(waits.poll(), 400, "expired_token");
        refusedByEndpoint(allowed.poll(), 400, "expired_token");
        service.run("token purge");
        refusedByEndpoint(waits.poll(), 400, "expired_token");
        advance(600);
        service.run("token purge");
        refusedByEndpoint(waits.poll(), 400, "invalid_grant");
    }

    @Test
    void a_user_who_denies_it_is_reported_as_access_denied_each_time() {
        Device device = Device.begin(service);
        visitor.submit(visitor.enter(device.userCode(), "alice"), "deny");
        refusedByEndpoint(device.poll(), 400, "access_denied");
        refusedByEndpoint(device.poll(), 400, "access_denied");
    }

    @Test
    void a_user_who_may_not_have_all_that_was_named_is_reported_as_invalid_scope() {
        service.run("link remove alice 1_aaa");
        service.run("link add alice 1_aaa --scope read");
        assertEquals("read", Granted.by(allowed().poll()).scope());
        Device device = Device.begin(service, "scope", "read write");
        visitor.submit(visitor.enter(device.userCode()), "deny");
        refusedByEndpoint(device.poll(), 400, "invalid_scope");
    }

    @Test
    void of_16_simultaneous_polls_exactly_one_gets_tokens_which_live_on() {
        Device device = allowed();
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add(CompletableFuture.supplyAsync(device::poll));
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
        assertTrue(service.isActive(granted.get(0).access()));
        assertEquals(2, service.liveTokens().size());
        refusedByEndpoint(device.poll(), 400, "invalid_grant");
        assertTrue(service.isActive(granted.get(0).refresh()));
    }

    @Test
    void a_code_of_another_client_is_refused_and_stays_good() {
        service.run("client create --id other --name Other --secret s3cret --policy allow-all --grant " + Device.GRANT);
        Device device = allowed();
        Response stolen = post(
                "/oauth/v2/token",
                service.as("other", "s3cret"),
                "grant_type",
                Device.GRANT,
                "device_code",
                device.code());
        refusedByEndpoint(stolen, 400, "invalid_grant");
        Granted.by(device.poll());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sdc_",
                "sdc_AaIIzuNAdJKFYQgas4aHzMbJ_3uXDyzvHAjsgQu1XTMPO2k8g1h1KzUEBxE0CCuU",
                "BCDF-GHJK",
                "x",
                "' OR 1=1 --"
            })
    void what_is_no_device_code_of_ours_is_refused(String code) {
        refusedByEndpoint(new Device(service, code, "").poll(), 400, "invalid_grant");
    }

    @Test
    void another_kind_of_code_is_no_device_code() {
        String code = allowed().code().substring(4);
        for (String prefix : List.of("sac_", "sat_", "srt_")) {
            refusedByEndpoint(new Device(service, prefix + code, "").poll(), 400, "invalid_grant");
        }
        refusedByEndpoint(service.token("grant_type", Device.GRANT), 400, "invalid_request");
        refusedByEndpoint(
                service.token("grant_type", "authorization_code", "code", "sdc_" + code), 400, "invalid_grant");
        assertFalse(service.isActive("sdc_" + code));
    }

    @Test
    void a_client_that_has_lost_the_grant_is_refused() {
        Device device = allowed();
        service.run("client update 1_aaa --grant password");
        refusedByEndpoint(device.poll(), 400, "unauthorized_client");
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
                "user delete alice"
            })
    void what_kills_tokens_kills_allowed_device_codes_for_good(String events) {
        Device device = allowed();
        for (String command : events.split("; ")) {
            service.run(command);
        }
        refusedByEndpoint(device.poll(), 400, "invalid_grant");
        assertEquals("[]\n", service.run("token list --json"));
    }

    @Test
    void a_client_that_was_disabled_meanwhile_has_none_of_its_waiting_codes_left() {
        Device device = Device.begin(service);
        service.run("client disable 1_aaa");
        service.run("client enable 1_aaa");
        assertEquals(400, visitor.enter(device.userCode(), "alice").status());
        refusedByEndpoint(device.poll(), 400, "invalid_grant");
    }

    @Test
    void the_policy_is_asked_again_and_a_denial_consumes_nothing() {
        service.run("client update 1_aaa --policy-mode audit");
        Device device = Device.begin(service);
        visitor.allow(device.userCode(), "bob");
        service.run("client update 1_aaa --policy-mode enforce");
        assertEquals("user is not linked to this client", refusedByEndpoint(device.poll(), 400, "access_denied"));
        service.run("link add bob 1_aaa --scope read");
        assertEquals("read", Granted.by(device.poll()).scope());
    }

    @Test
    void a_code_of_whose_scopes_nothing_is_left_gets_no_token_until_some_come_back() {
        Device device = allowed();
        service.run("link add alice 1_aaa --scope other");
        refusedByEndpoint(device.poll(), 400, "invalid_scope");
        service.run("link add alice 1_aaa --scope read");
        assertEquals("read", Granted.by(device.poll()).scope());
    }

    @Test
    void a_code_for_no_scope_at_all_gets_a_token_without_scopes() {
        service.run("link add alice 1_aaa --scope other");
        assertEquals("", Granted.by(allowed().poll()).scope());
    }

    @Test
    void without_a_decision_nothing_is_consumed() {
        Device device = allowed();
        service = service.restart("policy.type", "opa", "policy.opa.url", "http://127.0.0.1:9/v1/data/nobody");
        refusedByEndpoint(new Device(service, device.code(), "").poll(), 503, "temporarily_unavailable");
        service = service.restart("policy.type", "require-link");
        Granted.by(new Device(service, device.code(), "").poll());
    }

    @Test
    void what_audit_mode_lets_through_is_recorded_once_with_the_token() {
        service.run("client update 1_aaa --policy-mode audit");
        Device device = Device.begin(service);
        visitor.allow(device.userCode(), "bob");
        assertEquals("[]\n", service.run("policy report --json"));
        Granted.by(device.poll());
        assertEquals(1, JsonPath.from(service.run("policy report --json")).getInt("[0].count"));
    }
}
