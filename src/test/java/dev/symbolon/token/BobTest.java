package dev.symbolon.token;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hole that this project closes: the right password for the right client, but no link between the two. */
class BobTest {
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
    void bob_with_the_right_password_and_the_right_client_but_no_link_gets_invalid_grant_and_no_row() {
        service.password("bob")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"))
                .body("error_description", equalTo("user is not linked to this client"))
                .body("$", org.hamcrest.Matchers.aMapWithSize(2));
        assertEquals("[]\n", service.run("token list --json"));
    }

    @Test
    void once_linked_bob_gets_tokens_and_once_unlinked_they_are_dead_at_the_very_next_request() {
        service.run("link add bob 1_aaa");
        var tokens = service.password("bob").then().statusCode(200).extract().jsonPath();
        assertTrue(service.isActive(tokens.getString("access_token")));
        service.run("link remove bob 1_aaa");
        assertFalse(service.isActive(tokens.getString("access_token")));
        assertFalse(service.isActive(tokens.getString("refresh_token")));
        service.refresh(tokens.getString("refresh_token"))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
    }
}
