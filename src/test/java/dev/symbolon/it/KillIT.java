package dev.symbolon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Contract section 6: what was acknowledged survives {@code kill -9}. */
class KillIT extends ProcessFixture {
    private static final int ENOUGH = 60;

    private final Queue<String> alive = new ConcurrentLinkedQueue<>();
    private final Queue<String> dead = new ConcurrentLinkedQueue<>();
    private final Queue<String> users = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final List<Throwable> wrong = new ArrayList<>();

    /** Again and again until the service is killed, when the request that fails is the last. */
    private Thread load(CountDownLatch acknowledged, Callable<Boolean> work) {
        var thread = new Thread(() -> {
            try {
                while (!ending.get() && work.call()) {
                    acknowledged.countDown();
                }
            } catch (Exception | AssertionError e) {
                if (!ending.get()) {
                    synchronized (wrong) {
                        wrong.add(e);
                    }
                }
            }
        });
        thread.start();
        return thread;
    }

    private boolean takeOwn(Caller caller) throws Exception {
        alive.add(Caller.member(caller.token("grant_type", "client_credentials"), "access_token"));
        return true;
    }

    private boolean takeAndRefresh(Caller caller) throws Exception {
        HttpResponse<String> first = caller.login("alice");
        alive.add(Caller.member(first, "access_token"));
        String refresh = Caller.member(first, "refresh_token");
        HttpResponse<String> second = caller.token("grant_type", "refresh_token", "refresh_token", refresh);
        alive.add(Caller.member(second, "access_token"));
        alive.add(Caller.member(second, "refresh_token"));
        dead.add(refresh);
        return true;
    }

    private boolean takeAndRevoke(Caller caller) throws Exception {
        HttpResponse<String> tokens = caller.login("alice");
        String refresh = Caller.member(tokens, "refresh_token");
        boolean revoked = caller.post("/oauth/v2/revoke", "token", refresh).statusCode() == 200;
        if (revoked) {
            dead.add(refresh);
            dead.add(Caller.member(tokens, "access_token"));
        }
        return revoked;
    }

    private boolean linkAndUnlink(Caller caller) throws Exception {
        command("link add bob 1_aaa");
        HttpResponse<String> tokens = caller.login("bob");
        String access = Caller.member(tokens, "access_token");
        command("link remove bob 1_aaa");
        dead.add(access);
        dead.add(Caller.member(tokens, "refresh_token"));
        return true;
    }

    private boolean makeUser(String round) {
        String name = "user-" + round + "-" + users.size();
        command("user create " + name + " --password x");
        users.add(name);
        return true;
    }

    @Test
    void what_was_acknowledged_under_load_holds_after_kill_9() throws Exception {
        seed();
        for (int round = 0; round < 2; round++) {
            killUnderLoad("round" + round);
            var caller = new Caller(serve().port());
            for (String token : alive) {
                assertTrue(caller.isActive(token), "an acknowledged token is lost");
            }
            for (String token : dead) {
                assertFalse(caller.isActive(token), "an acknowledged revocation, rotation or unlinking is lost");
            }
            String list = command("user list --json");
            users.forEach(user -> assertTrue(list.contains('"' + user + '"'), "an acknowledged user is lost"));
            endAll();
        }
        assertTrue(!alive.isEmpty() && !dead.isEmpty() && !users.isEmpty());
    }

    private void killUnderLoad(String round) throws InterruptedException {
        ending.set(false);
        var acknowledged = new CountDownLatch(ENOUGH);
        Program service = serve();
        var caller = new Caller(service.port());
        List<Thread> threads = List.of(
                load(acknowledged, () -> takeOwn(caller)),
                load(acknowledged, () -> takeAndRefresh(caller)),
                load(acknowledged, () -> takeAndRefresh(caller)),
                load(acknowledged, () -> takeAndRevoke(caller)),
                load(acknowledged, () -> linkAndUnlink(caller)),
                load(acknowledged, () -> makeUser(round)));
        assertTrue(acknowledged.await(20, TimeUnit.SECONDS), () -> "too slow: " + wrong);
        ending.set(true);
        service.kill();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), wrong);
    }
}
