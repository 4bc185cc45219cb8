package dev.symbolon.token;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scopes a token gets (RFC 6749 section 3.3), and what is left of them when client or link lose some. */
class ScopeTest {
    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(directory);
    }

    @BeforeEach
    void everythingIsAllowed() {
        service.run("client update 1_aaa --scope read,write");
        service.run("link add alice 1_aaa");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "read, read",
        "write, write",
        "write read, read write",
        "read read, read",
        "'  read   write ', read write",
        "'', read write",
        "' ', read write",
    })
    void a_subset_is_granted_whatever_its_order_repetition_and_spaces(String requested, String granted) {
        assertEquals(granted, service.login("alice", "scope", requested).scope());
        assertEquals(
                granted,
                Granted.by(service.token("grant_type", "client_credentials", "scope", requested))
                        .scope());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "read admin",
                "READ",
                "read,write",
                "read\twrite",
                "read\nwrite",
                "\tread",
                "read\"",
                "re\\ad",
                "r\u00e9ad",
                "read\u00a0write",
                "*",
                "read*",
                "\0",
                "openid"
            })
    void a_scope_outside_or_with_characters_no_scope_has_is_invalid_scope(String scope) {
        refusedByEndpoint(service.password("alice", "scope", scope), 400, "invalid_scope");
        refusedByEndpoint(service.token("grant_type", "client_credentials", "scope", scope), 400, "invalid_scope");
        Granted granted = service.login("alice");
        refusedByEndpoint(service.refresh(granted.refresh(), "scope", scope), 400, "invalid_scope");
        assertTrue(service.isActive(granted.refresh()), "nothing was used up");
    }

    @Test
    void a_link_s_scopes_are_the_most_its_user_gets() {
        service.run("link add alice 1_aaa --scope read,other");
        assertEquals("read", service.login("alice").scope());
        assertEquals("read", service.login("alice", "scope", "read").scope());
        refusedByEndpoint(service.password("alice", "scope", "read write"), 400, "invalid_scope");
        refusedByEndpoint(service.password("alice", "scope", "other"), 400, "invalid_scope");
        assertEquals(
                "read write",
                Granted.by(service.token("grant_type", "client_credentials")).scope(),
                "a link says nothing of the client itself");
    }

    @Test
    void a_link_without_a_scope_in_common_gives_a_token_without_scopes() {
        service.run("link add alice 1_aaa --scope other");
        Granted granted = service.login("alice");
        assertEquals("", granted.scope());
        service.introspect(granted.access()).then().body("active", is(true)).body("scope", equalTo(""));
        refusedByEndpoint(service.password("alice", "scope", "read"), 400, "invalid_scope");
    }

    @Test
    void a_link_narrowed_later_narrows_introspection_and_refresh_and_widening_it_gives_them_back() {
        Granted granted = service.login("alice");
        service.run("link add alice 1_aaa --scope read");
        service.introspect(granted.access()).then().body("scope", equalTo("read"));
        Granted narrowed = Granted.by(service.refresh(granted.refresh()));
        assertEquals("read", narrowed.scope());
        service.run("link add alice 1_aaa");
        service.introspect(granted.access()).then().body("scope", equalTo("read write"));
        service.introspect(narrowed.access()).then().body("scope", equalTo("read"));
        assertEquals(
                "read write", Granted.by(service.refresh(narrowed.refresh())).scope());
    }

    @Test
    void a_token_of_whose_scopes_nothing_is_left_is_inactive_until_some_come_back() {
        Granted granted = service.login("alice", "scope", "write");
        service.run("link add alice 1_aaa --scope read");
        assertFalse(service.isActive(granted.access()));
        assertFalse(service.isActive(granted.refresh()));
        refusedByEndpoint(service.refresh(granted.refresh()), 400, "invalid_scope");
        service.run("link add alice 1_aaa --scope write");
        assertTrue(service.isActive(granted.access()));
        assertEquals("write", Granted.by(service.refresh(granted.refresh())).scope());
    }

    @Test
    void a_scope_that_the_client_lost_is_lost_to_its_tokens() {
        Granted granted = service.login("alice");
        String own =
                Granted.by(service.token("grant_type", "client_credentials")).access();
        service.run("client update 1_aaa --scope read");
        service.introspect(granted.access()).then().body("scope", equalTo("read"));
        service.introspect(own).then().body("scope", equalTo("read"));
        refusedByEndpoint(service.password("alice", "scope", "write"), 400, "invalid_scope");
        assertEquals("read", Granted.by(service.refresh(granted.refresh())).scope());
        service.run("client update 1_aaa --scope other");
        assertFalse(service.isActive(granted.access()));
        assertFalse(service.isActive(own));
    }

    @Test
    void a_scope_that_the_client_gained_is_not_gained_by_its_tokens() {
        Granted granted = service.login("alice");
        service.run("client update 1_aaa --scope read,write,more");
        service.introspect(granted.access()).then().body("scope", equalTo("read write"));
        refusedByEndpoint(service.refresh(granted.refresh(), "scope", "more"), 400, "invalid_scope");
        assertEquals(
                "read write", Granted.by(service.refresh(granted.refresh())).scope());
    }
}
