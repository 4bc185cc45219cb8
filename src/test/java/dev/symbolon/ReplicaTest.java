package dev.symbolon;

import static dev.symbolon.TestService.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three instances on one database behave as one. */
@Tag("postgresql")
class ReplicaTest {
    @TempDir
    Path directory;

    private TestService a;
    private TestService b;
    private TestService c;

    @BeforeEach
    void start() {
        a = TestService.start(directory);
        b = a.replica();
        c = a.replica();
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        c.close();
    }

    @Test
    void what_one_issues_another_knows_and_what_a_third_revokes_is_dead_at_the_next_request() {
        Granted alice = a.login("alice");
        assertTrue(b.isActive(alice.access()));
        assertEquals(200, c.revoke(alice.access()).statusCode());
        assertFalse(b.isActive(alice.access()));
        assertEquals(400, a.refresh(alice.refresh()).statusCode());
    }

    @Test
    void what_kills_tokens_kills_them_everywhere_and_for_good() {
        Granted alice = a.login("alice");
        assertTrue(b.isActive(alice.access()));
        a.run("link remove alice 1_aaa");
        a.run("link add alice 1_aaa");
        assertFalse(b.isActive(alice.access()));
        assertEquals(400, c.refresh(alice.refresh()).statusCode());
        assertTrue(c.isActive(b.login("alice").access()));
    }

    @Test
    void a_refresh_may_be_retried_at_another_instance_which_gives_the_very_same_tokens() {
        Granted first = a.login("alice");
        Granted second = Granted.by(a.refresh(first.refresh()));
        assertEquals(second, Granted.by(b.refresh(first.refresh())));
        assertTrue(c.isActive(second.access()));
        Granted.by(c.refresh(second.refresh()));
    }

    @Test
    void a_refresh_token_used_again_at_another_instance_is_reuse_and_ends_its_family() {
        Granted first = a.login("alice");
        Granted second = Granted.by(a.refresh(first.refresh()));
        Granted third = Granted.by(b.refresh(second.refresh()));
        assertEquals(400, c.refresh(first.refresh()).statusCode());
        assertFalse(a.isActive(third.access()));
        assertEquals(400, b.refresh(third.refresh()).statusCode());
    }

    @Test
    void simultaneous_refreshes_at_all_instances_give_the_very_same_tokens() {
        Granted first = a.login("alice");
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (TestService instance : List.of(a, b, c)) {
                answers.add(CompletableFuture.supplyAsync(() -> instance.refresh(first.refresh())));
            }
        }
        Set<Granted> granted =
                answers.stream().map(CompletableFuture::join).map(Granted::by).collect(Collectors.toSet());
        assertEquals(1, granted.size());
    }

    @Test
    void a_rotated_secret_is_out_at_the_next_request_to_an_instance_that_remembers_it() {
        for (TestService instance : List.of(a, b)) {
            assertEquals(200, instance.token("grant_type", "client_credentials").statusCode());
        }
        String secret =
                JsonPath.from(a.run("client rotate-secret 1_aaa --json")).getString("client_secret");
        assertEquals(401, b.token("grant_type", "client_credentials").statusCode());
        Granted.by(post("/oauth/v2/token", b.as("1_aaa", secret), "grant_type", "client_credentials"));
    }

    @Test
    void expired_tokens_are_deleted_by_whichever_instance_is_left() {
        TestService d = b.replica("token.purge-interval", "1s");
        TestService e = b.replica("token.purge-interval", "1s");
        try (e) {
            try (d) {
                expiredTokenIsDeleted();
            }
            expiredTokenIsDeleted();
        }
    }

    private void expiredTokenIsDeleted() {
        Granted.by(b.token("grant_type", "client_credentials"));
        b.clock.advance(Duration.ofHours(2));
        awaitPurged();
    }

    private String schema() {
        return b.config().database().url().replaceFirst(".*currentSchema=", "");
    }

    private void awaitPurged() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!TestDatabase.query("SELECT COUNT(*) FROM " + schema() + ".token")
                .equals(List.of("0"))) {
            assertTrue(System.nanoTime() < deadline, "nobody purged");
        }
    }
}
