package dev.symbolon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import dev.symbolon.TestService.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Operators who change a client at the same moment. */
class ClientChangesTest {
    @TempDir
    Path directory;

    @RepeatedTest(3)
    void a_change_that_succeeds_is_not_undone_by_another_at_the_same_moment() {
        String[] changes = {"--name Renamed", "--access-ttl 5m", "--policy-mode audit", "--scope read,write,more"};
        try (TestService service = TestService.start(directory)) {
            List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (String change : changes) {
                outcomes.add(CompletableFuture.supplyAsync(
                        () -> service.attempt(("client update 1_aaa " + change).split(" "))));
            }
            List<Integer> exitCodes =
                    outcomes.stream().map(outcome -> outcome.join().exitCode()).toList();
            String client = service.run("client show 1_aaa --json");
            String[] traces = {"\"Renamed\"", "\"access_ttl\":300", "\"audit\"", "\"more\""};
            for (int i = 0; i < changes.length; i++) {
                assertEquals(exitCodes.get(i) == 0, client.contains(traces[i]), client + exitCodes);
            }
            assertTrue(exitCodes.contains(0));
            assertFalse(exitCodes.contains(2));
        }
    }
}
