package dev.symbolon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** H2 on a disk that is full for a while; a limit for the size of files stands in for it. */
class DiskFullIT extends ProcessFixture {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static HttpResponse<String> issue(Caller caller) throws Exception {
        return caller.token("grant_type", "client_credentials");
    }

    @Test
    void a_full_disk_is_503_and_when_there_is_room_again_all_that_was_acknowledged_is_there() throws Exception {
        seed();
        String script = "ulimit -S -f 160; exec \"$@\" --set http.port=0 --set management.port=0";
        List<String> command = Stream.concat(Stream.of("bash", "-c", script, "bash"), Program.java(directory).stream())
                .toList();
        Program service = keep(Program.exec(directory, Map.of(), command));
        var caller = new Caller(service.port());
        List<String> acknowledged = new ArrayList<>();
        HttpResponse<String> answer = issue(caller);
        while (answer.statusCode() == 200) {
            acknowledged.add(Caller.member(answer, "access_token"));
            assertTrue(acknowledged.size() < 10_000, "the disk never filled up");
            answer = issue(caller);
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(503, answer.statusCode(), answer::body);
            assertEquals("temporarily_unavailable", Caller.member(answer, "error"));
            answer = issue(caller);
        }
        exec("prlimit", "--pid", Long.toString(service.pid()), "--fsize=unlimited:");
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (issue(caller).statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "it never came back");
        }
        assertTrue(!acknowledged.isEmpty());
        for (String token : acknowledged) {
            assertTrue(caller.isActive(token), "an acknowledged token is lost");
        }
        service.terminate();
        String log = service.result().out();
        assertFalse(log.contains(" ERROR "), log); // what the operator can mend is no fault of ours
    }

    private void exec(String... command) {
        Program.Result result =
                keep(Program.exec(directory, Map.of(), List.of(command))).result();
        assertEquals(0, result.exitCode(), result::toString);
    }
}
