import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Does what was acknowledged hold after {@code kill -9}, and is nothing there by half? Kills the service, or PostgreSQL
 * under it, at a random moment under mixed load; again and again on the same database.
 */
@Command(
        name = "kills",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Kills the service, or its database, under load and looks for acknowledged writes that are lost.")
public final class Kills implements Callable<Integer> {
    private static final String NAME = Installation.NAME;
    private static final int OLDER = 300;
    private static final long ENOUGH = 100;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Less than token.refresh-grace, since the time is taken before the retry. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private enum Victim {
        service,
        database
    }

    @Option(names = "--rounds", paramLabel = "N", description = "How many kills.")
    private int rounds = 50;

    @Option(names = "--store", paramLabel = "STORE", description = "h2, fsync or postgresql.")
    private Store store = Store.H2;

    @Option(names = "--victim", description = "service, or with postgresql: database.")
    private Victim victim = Victim.service;

    @Option(names = "--jdk", paramLabel = "PATH", description = "Java to run the service on.")
    private Path jdk = Path.of(System.getProperty("java.home"));

    /** What one login led to, when the last request about it was not answered. */
    private record Unanswered(String access, String refresh, long at) {
        Unanswered(JsonNode tokens) {
            this(Kills.access(tokens), Kills.refresh(tokens), System.nanoTime());
        }
    }

    /** What was acknowledged in one round. */
    private static final class Acknowledged {
        final Queue<String> alive = new ConcurrentLinkedQueue<>();
        final Queue<String> dead = new ConcurrentLinkedQueue<>();
        final Queue<String> users = new ConcurrentLinkedQueue<>();
        final Queue<Unanswered> refreshes = new ConcurrentLinkedQueue<>();
        final Queue<Unanswered> revocations = new ConcurrentLinkedQueue<>();
        final AtomicInteger unlinkings = new AtomicInteger();
        final AtomicInteger count = new AtomicInteger();
        final AtomicInteger busy = new AtomicInteger();

        boolean isEnough() {
            return count.get() >= ENOUGH && !users.isEmpty() && unlinkings.get() > 0;
        }
    }

    private final Random random = new Random();
    private final List<String> alive = new ArrayList<>();
    private final List<String> dead = new ArrayList<>();
    private final List<String> lost = Collections.synchronizedList(new ArrayList<>());
    private Installation installation;
    private volatile long killedAt;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Kills()).registerConverter(Store.class, Store::of).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        // As they are by default, but for the cost of bcrypt, which would only keep the load down.
        var settings = Map.of("SYMBOLON_PASSWORD_BCRYPT_COST", "4");
        try (Installation made = Installation.make(new Jvm(jdk, List.of()), store, settings)) {
            installation = made;
            installation.command("user", "create", "bob", "--password", "bob");
            Server server = installation.serve();
            for (int round = 1; round <= rounds; round++) {
                server = round(round, server);
            }
            server.close();
        }
        System.out.printf(
                "%d kills of the %s on %s, %d tokens alive and %d dead as acknowledged: %s%n", rounds, victim, store,
                alive.size(), dead.size(), lost.isEmpty() ? "nothing lost" : lost.size() + " LOST OR HALF THERE");
        return lost.isEmpty() ? 0 : 1;
    }

    private Server round(int round, Server server) throws Exception {
        var acknowledged = new Acknowledged();
        int before = lost.size();
        kill(server, load(server, acknowledged), acknowledged);
        if (acknowledged.busy.get() > 0) {
            server.warnings().forEach(System.out::println);
        }
        halves();
        Server next = victim == Victim.service ? installation.serve() : server;
        var caller = new Caller(next.url(), NAME, NAME);
        await(caller);
        retry(caller, acknowledged);
        verify(caller, acknowledged);
        System.out.printf(
                "kill %d: %d acknowledged, %d unanswered, %d answered with 503, %d lost%n", round, acknowledged.count.get(),
                acknowledged.refreshes.size() + acknowledged.revocations.size(), acknowledged.busy.get(),
                lost.size() - before);
        return next;
    }

    private List<Thread> load(Server server, Acknowledged acknowledged) {
        killedAt = Long.MAX_VALUE;
        var caller = new Caller(server.url(), NAME, NAME);
        List<Callable<Integer>> work = List.of(
                () -> issue(caller, acknowledged),
                () -> issue(caller, acknowledged),
                () -> refresh(caller, acknowledged),
                () -> refresh(caller, acknowledged),
                () -> refresh(caller, acknowledged),
                () -> revoke(caller, acknowledged),
                () -> linkAndUnlink(caller, acknowledged),
                () -> makeUser(acknowledged));
        List<Thread> threads = new ArrayList<>();
        for (Callable<Integer> each : work) {
            var thread = new Thread(() -> repeat(each, acknowledged));
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    /** Until the kill, from which on it may fail. */
    private void repeat(Callable<Integer> work, Acknowledged acknowledged) {
        try {
            while (System.nanoTime() < killedAt) { // commands work without the service as well
                acknowledged.count.addAndGet(unlessBusy(work, acknowledged));
            }
        } catch (Exception e) {
            if (System.nanoTime() < killedAt) {
                lost.add("failed before the kill: " + e);
                System.err.println(lost.get(lost.size() - 1));
            }
        }
    }

    /** A machine may be slow for a moment: what is answered with 503 is not acknowledged. */
    private int unlessBusy(Callable<Integer> work, Acknowledged acknowledged) throws Exception {
        try {
            return work.call();
        } catch (Caller.Busy e) {
            if (System.nanoTime() < killedAt) {
                acknowledged.busy.incrementAndGet();
            }
            return 0;
        }
    }

    private void kill(Server server, List<Thread> threads, Acknowledged acknowledged) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!acknowledged.isEnough() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
        killedAt = System.nanoTime();
        if (victim == Victim.service) {
            server.kill();
        } else {
            installation.postgres().crash();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (victim == Victim.database) {
            installation.postgres().start();
        }
    }

    private static int issue(Caller caller, Acknowledged acknowledged) throws Exception {
        acknowledged.alive.add(caller.ownToken());
        return 1;
    }

    private static int refresh(Caller caller, Acknowledged acknowledged) throws Exception {
        JsonNode first = caller.login(NAME, NAME);
        acknowledged.alive.add(access(first));
        JsonNode second;
        try {
            second = caller.token("grant_type", "refresh_token", "refresh_token", refresh(first));
        } catch (IOException e) {
            acknowledged.refreshes.add(new Unanswered(first));
            throw e;
        }
        acknowledged.alive.add(access(second));
        acknowledged.alive.add(refresh(second));
        acknowledged.dead.add(refresh(first));
        return 2;
    }

    private static int revoke(Caller caller, Acknowledged acknowledged) throws Exception {
        JsonNode tokens = caller.login(NAME, NAME);
        try {
            caller.revoke(refresh(tokens));
        } catch (IOException e) {
            acknowledged.revocations.add(new Unanswered(tokens));
            throw e;
        }
        acknowledged.dead.add(access(tokens));
        acknowledged.dead.add(refresh(tokens));
        return 2;
    }

    private int linkAndUnlink(Caller caller, Acknowledged acknowledged) throws Exception {
        installation.command("link", "add", "bob", NAME);
        JsonNode tokens = caller.login("bob", "bob");
        installation.command("link", "remove", "bob", NAME);
        acknowledged.dead.add(access(tokens));
        acknowledged.dead.add(refresh(tokens));
        acknowledged.unlinkings.incrementAndGet();
        return 3;
    }

    private int makeUser(Acknowledged acknowledged) throws Exception {
        String name = "user-" + System.nanoTime();
        installation.command("user", "create", name, "--password", name);
        acknowledged.users.add(name);
        return 1;
    }

    /** As soon as the service answers, which may take a moment when its database comes back. */
    private static void await(Caller caller) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                caller.isActive("-");
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    /** A client that has lost an answer asks again, and a login is revoked as a whole or not at all. */
    private void retry(Caller caller, Acknowledged acknowledged) throws Exception {
        for (Unanswered each : acknowledged.refreshes) {
            if (System.nanoTime() - each.at() > GRACE.toNanos()) {
                System.out.println("too late for a retry: the machine is busy");
                continue;
            }
            try {
                JsonNode answer = caller.token("grant_type", "refresh_token", "refresh_token", each.refresh());
                expect(caller, true, access(answer), "a retried refresh's access token");
                expect(caller, true, refresh(answer), "a retried refresh's refresh token");
            } catch (IOException e) {
                lost.add("an unanswered refresh cannot be retried: " + e.getMessage());
                System.err.println("LOST: " + lost.get(lost.size() - 1));
            }
        }
        for (Unanswered each : acknowledged.revocations) {
            expect(caller, caller.isActive(each.access()), each.refresh(), "the other half of a revocation");
        }
    }

    private void verify(Caller caller, Acknowledged acknowledged) throws Exception {
        sample(caller, true, alive);
        sample(caller, false, dead);
        for (String token : acknowledged.alive) {
            expect(caller, true, token, "an acknowledged token");
        }
        for (String token : acknowledged.dead) {
            expect(caller, false, token, "an acknowledged rotation, revocation or unlinking");
        }
        String users = installation.command("user", "list", "--json");
        for (String user : acknowledged.users) {
            if (!users.contains('"' + user + '"')) {
                lost.add("an acknowledged user");
                System.err.println("LOST: an acknowledged user");
            }
        }
        alive.addAll(acknowledged.alive);
        dead.addAll(acknowledged.dead);
    }

    /** Some of the rounds before. */
    private void sample(Caller caller, boolean active, List<String> tokens) throws Exception {
        for (int i = 0; i < OLDER && !tokens.isEmpty(); i++) {
            expect(caller, active, tokens.get(random.nextInt(tokens.size())), "something acknowledged in an earlier round");
        }
    }

    private void expect(Caller caller, boolean active, String token, String what) throws Exception {
        if (caller.isActive(token) != active) {
            lost.add(what);
            System.err.println("LOST: " + what);
        }
    }

    /** In each family as many access as refresh tokens, and all refresh tokens but one rotated. */
    private void halves() throws Exception {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet half = statement.executeQuery(
                        """
                        SELECT family_id FROM token WHERE family_id IS NOT NULL GROUP BY family_id
                        HAVING SUM(CASE WHEN refresh THEN 1 ELSE -1 END) <> 0
                            OR SUM(CASE WHEN refresh AND rotated_at IS NULL THEN 1 ELSE 0 END) <> 1
                        UNION SELECT family_id FROM token LEFT JOIN family ON family.id = family_id
                        WHERE family_id IS NOT NULL AND family.id IS NULL
                        """)) {
            while (half.next()) {
                lost.add("the other half of a login or rotation");
                System.err.println("HALF THERE: family " + half.getString(1));
            }
        }
    }

    /** Of H2 a copy, since who opens it first recovers it, and that should be the service. */
    private Connection database() throws IOException, SQLException {
        if (store == Store.POSTGRESQL) {
            return installation.connect();
        }
        Path copy = installation.directory().resolve("copy");
        Files.copy(
                installation.directory().resolve("data/symbolon.mv.db"),
                copy.resolveSibling("copy.mv.db"),
                StandardCopyOption.REPLACE_EXISTING);
        return DriverManager.getConnection("jdbc:h2:file:" + copy + ";DB_CLOSE_DELAY=0;TRACE_LEVEL_FILE=0", "symbolon", "");
    }

    private static String access(JsonNode tokens) {
        return tokens.get("access_token").asText();
    }

    private static String refresh(JsonNode tokens) {
        return tokens.get("refresh_token").asText();
    }
}
