package dev.symbolon.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login that waits in bcrypt while what it rests on is taken away yields no token that is alive. */
@Isolated
class InFlightTest {
    private static final List<String> SLOW = List.of("u0", "u1", "u2", "u3", "u4", "u5", "u6");

    @TempDir
    static Path directory;

    static TestService service;

    @BeforeAll
    static void start() {
        service = TestService.start(directory).restart("password.bcrypt-cost", "11");
        for (String user : SLOW) {
            service.run("user create " + user + " --password " + user + "-password");
            service.run("link add " + user + " 1_aaa");
        }
        service = service.restart("password.bcrypt-cost", "4");
        service.login("alice"); // from now on the client's secret needs no bcrypt
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u0: link remove u0 1_aaa; link add u0 1_aaa",
                "u1: user disable u1; user enable u1",
                "u2: user set-password u2 --password other; user set-password u2 --password u2-password",
                "u3: user delete u3; user create u3 --password u3-password; link add u3 1_aaa",
                "u4: client disable 1_aaa; client enable 1_aaa",
                "u5: token revoke --user u5"
            })
    void what_happens_meanwhile_counts(String events) throws Exception {
        String user = events.substring(0, 2);
        CompletableFuture<Response> login = loginHeldInBcrypt(user);
        for (String command : events.substring(4).split("; ")) {
            service.run(command);
        }
        Response response = login.get(60, TimeUnit.SECONDS);
        if (response.statusCode() == 200) {
            Granted granted = Granted.by(response);
            assertFalse(service.isActive(granted.access()));
            assertFalse(service.isActive(granted.refresh()));
            assertEquals(400, service.refresh(granted.refresh()).statusCode());
        }
        assertTrue(service.isActive(service.login(user).access()), "the next login is good");
    }

    @Test
    void what_happens_to_others_does_not_count() throws Exception {
        CompletableFuture<Response> login = loginHeldInBcrypt("u6");
        service.run("link remove alice 1_aaa");
        service.run("user disable bob");
        service.run("client update 1_aaa --name Renamed");
        Granted granted = Granted.by(login.get(60, TimeUnit.SECONDS));
        assertTrue(service.isActive(granted.access()));
        assertTrue(service.isActive(granted.refresh()));
        service.run("link add alice 1_aaa");
    }

    /** Returns once the user's row has been read and their password is being checked, which takes a while. */
    private static CompletableFuture<Response> loginHeldInBcrypt(String user) {
        CompletableFuture<Response> login = CompletableFuture.supplyAsync(() -> service.password(user));
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isVerifying()) {
            assertFalse(login.isDone(), "it has to take longer");
            assertTrue(System.nanoTime() < deadline, "it was never seen in bcrypt");
            Thread.onSpinWait();
        }
        return login;
    }

    private static boolean isVerifying() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("bcrypt"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("verify")
                        && frame.getClassName().endsWith(".password.Bcrypt"));
    }
}
