package dev.symbolon.device;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Device;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.authorize.BrowserTest;
import dev.symbolon.authorize.Seen;
import dev.symbolon.authorize.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a person types what a device shows (RFC 8628 sections 3.3 and 5). */
class DevicePageTest extends BrowserTest {
    private static final String WRONG = "BBBB-BBBB";

    @Override
    protected String[] settings() {
        return new String[] {"consent.scopes", "read=See your payslips"};
    }

    @Test
    void alice_types_the_code_logs_in_is_asked_and_allows_it() {
        Device device = Device.begin(service);
        Seen login = visitor.enter(device.userCode());
        assertEquals("Log in", login.title());
        Seen page = visitor.logIn(login, "alice");
        assertEquals("Connect Tutorial?", page.title());
        for (String shown : List.of("alice", device.userCode(), "See your payslips", "Use the permission “write”")) {
            assertTrue(page.body().contains(shown), page.body());
        }
        Seen done = visitor.follow(visitor.submit(page, "allow"));
        assertEquals("Your device is connected", done.title());
        Seen twice = visitor.follow(visitor.submit(page, "allow"));
        assertEquals("Your device is connected", twice.title());
        Granted.by(device.poll());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "%s-", "– %s", "%S", "%s\u00a0"})
    void case_dashes_and_spaces_do_not_matter(String form) {
        String code = Device.begin(service).userCode();
        String typed = form.formatted(code.toLowerCase(Locale.ROOT).replace("-", form.length() > 2 ? " " : ""));
        assertEquals("Connect Tutorial?", visitor.enter(typed, "alice").title());
    }

    @Test
    void rfc_8628_5_4_everybody_is_asked_each_time_also_by_the_complete_uri() {
        service.run("client update 1_aaa --trusted");
        for (int i = 0; i < 2; i++) {
            Device device = Device.begin(service);
            Seen page = visitor.get("/device?user_code=" + device.userCode());
            page = i == 0 ? visitor.logIn(page, "alice") : page;
            assertEquals("Connect Tutorial?", page.title());
            refusedByEndpoint(device.poll(), 400, "authorization_pending");
            visitor.submit(page, "allow");
            Granted.by(device.poll());
        }
    }

    @Test
    void every_page_carries_the_headers_of_all_pages_and_leads_nowhere_else() {
        String code = Device.begin(service).userCode();
        Seen login = visitor.enter(code);
        Seen ask = visitor.logIn(login, "alice");
        List<Seen> pages = List.of(
                visitor.get("/device"),
                login,
                ask,
                visitor.get("/device?user_code=x"),
                visitor.follow(visitor.submit(ask, "deny")));
        for (Seen page : pages) {
            String csp = page.header("Content-Security-Policy");
            assertEquals(
                    "default-src 'none'; style-src 'self'; script-src 'none'; form-action 'self'; base-uri 'none';"
                            + " frame-ancestors 'none'",
                    csp);
            assertEquals("no-store", page.header("Cache-Control"));
            assertEquals("no-referrer", page.header("Referrer-Policy"));
            assertEquals("nosniff", page.header("X-Content-Type-Options"));
            assertEquals("", page.header("Access-Control-Allow-Origin"));
        }
    }

    @Test
    void bob_is_told_and_then_the_device() {
        Device device = Device.begin(service);
        Seen page = visitor.enter(device.userCode(), "bob");
        assertEquals(403, page.status());
        assertEquals("You cannot use Tutorial", page.title());
        assertTrue(page.body().contains("is not linked"), page.body());
        refusedByEndpoint(device.poll(), 400, "authorization_pending");
        Seen done = visitor.follow(visitor.submit(page, "deny"));
        assertEquals("Your device is not connected", done.title());
        refusedByEndpoint(device.poll(), 400, "access_denied");
    }

    @Test
    void bob_cannot_allow_it() {
        Device device = Device.begin(service);
        assertEquals(
                "You cannot use Tutorial",
                visitor.follow(visitor.submit(
                                visitor.enter(device.userCode(), "bob"), "allow", "granted", "read write"))
                        .title());
        refusedByEndpoint(device.poll(), 400, "authorization_pending");
    }

    @Test
    void where_denials_are_not_disclosed_bob_gets_the_answer_of_a_wrong_password() {
        try (TestService silent = service.replica("policy.disclose-denial", "false")) {
            Device device = Device.begin(silent);
            var bob = new Visitor(silent);
            Seen wrong = bob.submit(bob.enter(device.userCode()), "login", "username", "bob", "password", "wrong");
            Seen right =
                    bob.submit(bob.enter(device.userCode()), "login", "username", "bob", "password", "bob-password");
            assertEquals(400, right.status());
            assertEquals(
                    wrong.body().replaceAll("value=\"[^\"]{43}\"", ""),
                    right.body().replaceAll("value=\"[^\"]{43}\"", ""));
            assertEquals(
                    "Connect Tutorial?", bob.enter(device.userCode(), "alice").title());
        }
    }

    @Test
    void not_you_lets_somebody_else_log_in() {
        Device device = Device.begin(service);
        Seen login = visitor.follow(visitor.submit(visitor.enter(device.userCode(), "bob"), "switch"));
        assertEquals("Log in", login.title());
        visitor.submit(visitor.logIn(login, "alice"), "allow");
        assertEquals(
                "alice", service.introspect(Granted.by(device.poll()).access()).path("username"));
    }

    @Test
    void only_what_was_shown_is_granted_of_what_can_be() {
        Device device = Device.begin(service);
        visitor.submit(visitor.enter(device.userCode(), "alice"), "allow", "granted", "read admin");
        assertEquals("read", Granted.by(device.poll()).scope());
    }

    @Test
    void nobody_learns_of_a_code_before_they_have_logged_in() {
        Seen right = visitor.enter(Device.begin(service).userCode());
        Seen wrong = visitor.enter(WRONG);
        assertEquals(right.status(), wrong.status());
        assertEquals(
                right.body().replaceAll("value=\"[A-Z-]{9}\"", ""), wrong.body().replaceAll("value=\"[A-Z-]{9}\"", ""));
    }

    @Test
    void a_code_that_somebody_else_has_answered_or_that_has_expired_is_no_code() {
        Device device = Device.begin(service);
        visitor.allow(device.userCode(), "alice");
        assertEquals(400, new Visitor(service).enter(device.userCode(), "bob").status());
        Device late = Device.begin(service);
        Seen page = visitor.enter(late.userCode());
        service.clock.advance(Duration.ofMinutes(10));
        Seen tooLate = visitor.follow(visitor.submit(page, "allow"));
        assertEquals(400, tooLate.status());
        assertTrue(tooLate.body().contains("wrong or has expired"), tooLate.body());
        refusedByEndpoint(late.poll(), 400, "expired_token");
    }

    @Test
    void the_first_answer_stands() {
        Device device = Device.begin(service);
        Seen page = visitor.enter(device.userCode(), "alice");
        visitor.submit(page, "deny");
        assertEquals(
                "Your device is not connected",
                visitor.follow(visitor.submit(page, "allow")).title());
        refusedByEndpoint(device.poll(), 400, "access_denied");
    }

    @Test
    void a_form_that_was_not_shown_to_this_browser_does_nothing() {
        Device device = Device.begin(service);
        Seen page = visitor.enter(device.userCode(), "alice");
        for (String token : List.of("", "x", new Visitor(service).formToken())) {
            Seen forged = visitor.submit(page, "allow", "form_token", token);
            assertEquals(403, forged.status());
            assertEquals("This page has expired", forged.title());
        }
        refusedByEndpoint(device.poll(), 400, "authorization_pending");
        assertEquals(400, visitor.submit(page, "").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><b>",
                "' OR 1=1 --",
                "AEIO-UAEI",
                "BCDF-GHJ",
                "BCDF-GHJK-L",
                "БСDF-GHJK",
                "\u0000"
            })
    void what_cannot_be_a_code_is_asked_for_anew_and_costs_no_attempt(String typed) {
        visitor.enter(Device.begin(service).userCode(), "alice");
        for (int i = 0; i < 11; i++) {
            Seen page = visitor.enter(typed);
            assertEquals(400, page.status());
            assertFalse(page.body().contains("<script"), page.body());
            assertFalse(page.body().contains("<b>"), page.body());
        }
        assertEquals(
                "Connect Tutorial?",
                visitor.enter(Device.begin(service).userCode()).title());
    }

    @Test
    void rfc_8628_5_1_after_ten_wrong_codes_a_user_has_to_wait_on_every_instance() {
        Device device = Device.begin(service);
        visitor.enter(device.userCode(), "alice");
        for (int i = 0; i < 10; i++) {
            assertEquals(400, visitor.enter(WRONG).status());
        }
        assertEquals("Too many wrong codes", visitor.enter(device.userCode()).title());
        try (TestService replica = service.replica()) {
            var elsewhere = new Visitor(replica);
            assertEquals(429, elsewhere.enter(device.userCode(), "alice").status());
            assertEquals(
                    403, new Visitor(replica).enter(device.userCode(), "bob").status());
            service.clock.advance(Duration.ofMinutes(10));
            String another = Device.begin(service).userCode();
            assertEquals("Connect Tutorial?", elsewhere.enter(another).title());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void who_is_led_here_by_another_site_has_tried_no_code_before_they_say_so(String site) {
        Device device = Device.begin(service);
        visitor.enter(device.userCode(), "alice");
        for (int i = 0; i < 11; i++) {
            Seen page = visitor.getFrom(site, "/device?user_code=" + WRONG);
            assertEquals(200, page.status());
            assertEquals("Connect a device", page.title());
        }
        Seen page = visitor.getFrom(site, "/device?user_code=" + device.userCode());
        assertEquals("Connect a device", page.title());
        assertTrue(page.body().contains("value=\"" + device.userCode() + "\""), page.body());
        Seen entered = visitor.submit(page, "enter", "user_code", device.userCode());
        assertEquals("Connect Tutorial?", visitor.follow(entered).title());
    }

    @ParameterizedTest
    @CsvSource({
        "/device/?user_code=a%20b, ../device?user_code=a%20b",
        "/account/, ../account",
        "/logout/, ../logout",
        "/oauth/v2/auth/?client_id=x, ../auth?client_id=x"
    })
    void a_slash_after_a_page_s_address_leads_to_the_page_whose_forms_work(String address, String place) {
        Seen seen = visitor.get(address);
        assertEquals(303, seen.status());
        assertEquals(place, seen.location());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "same-origin"})
    void who_comes_by_the_address_or_from_our_own_form_goes_on(String site) {
        Device device = Device.begin(service);
        visitor.enter(device.userCode(), "alice");
        assertEquals(
                "Connect Tutorial?",
                visitor.getFrom(site, "/device?user_code=" + device.userCode()).title());
    }

    @Test
    void simultaneous_guesses_are_counted_each() {
        visitor.enter(WRONG, "alice");
        List<CompletableFuture<Seen>> guesses = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            guesses.add(CompletableFuture.supplyAsync(() -> visitor.get("/device?user_code=" + WRONG)));
        }
        long judged =
                guesses.stream().filter(guess -> guess.join().status() == 400).count();
        assertEquals(9, judged);
    }

    @Test
    void all_users_together_have_to_wait_after_a_thousand_wrong_codes() {
        Device device = Device.begin(service);
        List<String> users = service.createUsers(100);
        users.parallelStream().forEach(user -> {
            var guesser = new Visitor(service);
            guesser.enter(WRONG, user);
            for (int i = 1; i < 10; i++) {
                assertEquals(400, guesser.enter(WRONG).status());
            }
        });
        assertEquals(429, visitor.enter(device.userCode(), "alice").status());
        service.clock.advance(Duration.ofMinutes(10));
        assertEquals(
                "Connect Tutorial?",
                visitor.enter(Device.begin(service).userCode()).title());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link remove alice 1_aaa",
                "user disable alice",
                "user set-password alice --password other",
                "session end --user alice",
                "client disable 1_aaa; client enable 1_aaa",
                "client update 1_aaa --scope other",
                "client delete 1_aaa"
            })
    void what_has_happened_since_the_page_was_shown_counts(String events) {
        Device device = Device.begin(service, "scope", "read");
        Seen page = visitor.enter(device.userCode(), "alice");
        for (String command : events.split("; ")) {
            service.run(command);
        }
        assertEquals(303, visitor.submit(page, "allow").status());
        assertNotEquals(200, device.poll().statusCode());
        assertEquals("[]\n", service.run("token list --json"));
    }

    @Test
    void the_pages_are_in_german_as_well() {
        Device device = Device.begin(service);
        var german = new Visitor(service, "de-AT,de;q=0.9");
        assertEquals("Gerät verbinden", german.get("/device").title());
        assertEquals(
                "Tutorial verbinden?", german.enter(device.userCode(), "alice").title());
        assertEquals(
                "Ihr Gerät ist verbunden",
                german.allow(device.userCode(), "alice").title());
    }

    @Test
    void a_repeated_code_is_none() {
        assertEquals(
                "Connect a device",
                visitor.get("/device?user_code=BBBB-BBBB&user_code=BBBB-BBBB").title());
    }
}
