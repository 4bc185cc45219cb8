import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What does the policy cost in a request, with 100,000 users and 1,000,000 links? The same users ask at three clients in
 * turn: one that allows all, one that they are linked to by themselves, one by a group. And how long does it take to
 * delete a group that everybody is in?
 *
 * <p>{@code src/bench/run PolicyCost [USERS [CLIENTS [ROUNDS]]]}: every user is linked to
 * every client. Passwords are hashed at bcrypt's least cost, so that nothing hides the policy. Exits with 1 if it costs
 * 10 % of a token request or more.
 */
public final class PolicyCost {
    private static final double BOUND = 0.10;
    private static final int GROUPS_PER_USER = 5;
    private static final int GROUPS = 100;
    private static final List<String> CLIENTS = List.of("open", "linked", "group");

    private static final Map<String, String> SETTINGS = Map.of("SYMBOLON_PASSWORD_BCRYPT_COST", "4");

    private final Random random = new Random(1);
    private final Path directory;
    private final int users;
    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();
    private final Map<String, Caller> callers = new LinkedHashMap<>();

    private PolicyCost(Path directory, int users) {
        this.directory = directory;
        this.users = users;
    }

    public static void main(String[] arguments) throws Exception {
        int users = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3_000;
        var bench = new PolicyCost(Files.createTempDirectory("policy"), users);
        bench.seed(clients);
        boolean cheap;
        try (Server server = Server.start(bench.directory, SETTINGS, Jvm.running().service("serve"))) {
            CLIENTS.forEach(client -> bench.callers.put(client, new Caller(server.url(), client, "s")));
            bench.rounds(rounds);
            cheap = bench.report();
            bench.groupOfAll();
        }
        System.exit(cheap ? 0 : 1);
    }

    private void seed(int clients) throws Exception {
        for (String client : List.of("open", "linked", "group", "mass")) {
            run("client", "create", "--id", client, "--secret", "s", "--name", client, "--scope", "read", "--grant",
                    "password,refresh_token", "--policy", client.equals("open") ? "allow-all" : "require-link");
        }
        run("user", "create", "model", "--password", "p");
        String url = "jdbc:h2:file:" + directory.resolve("data/symbolon");
        try (Connection database = DriverManager.getConnection(url, "symbolon", "")) {
            database.setAutoCommit(false);
            List<UUID> ids = users(database);
            links(database, ids, clients);
            groups(database, ids);
            database.commit();
            database.createStatement().execute("ANALYZE");
            database.createStatement().execute("SHUTDOWN");
        }
    }

    private List<UUID> users(Connection database) throws Exception {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement insert = database.prepareStatement("""
                INSERT INTO users (id, username, name_key, password_hash, hash_work, enabled, epoch, created_at)
                SELECT ?, ?, ?, password_hash, hash_work, TRUE, nextval('epoch'), created_at FROM users
                WHERE name_key = ?""")) {
            for (int i = 0; i < users; i++) {
                ids.add(new UUID(0x01a208ce00007000L + i, random.nextLong() | Long.MIN_VALUE));
                insert.setObject(1, ids.get(i));
                insert.setString(2, "user" + i);
                insert.setBytes(3, key("user" + i));
                insert.setBytes(4, key("model"));
                insert.executeUpdate();
            }
        }
        return ids;
    }

    private static byte[] key(String name) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    }

    /** To "open", "linked" and as many others as are wanted; not to "group". */
    private void links(Connection database, List<UUID> ids, int clients) throws SQLException {
        try (PreparedStatement link = database.prepareStatement(
                "INSERT INTO link (user_id, client_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)")) {
            for (int client = 0; client < clients; client++) {
                String id = client < 2 ? CLIENTS.get(client) : "other" + client;
                if (client >= 2) {
                    copy(database, id);
                }
                for (UUID user : ids) {
                    link.setObject(1, user);
                    link.setString(2, id);
                    link.addBatch();
                }
                link.executeBatch();
            }
        }
    }

    private static void copy(Connection database, String id) throws SQLException {
        try (PreparedStatement copy = database.prepareStatement("""
                INSERT INTO client (id, name, hash_work, grants, scopes, scope_descriptions, redirect_uris, is_public,
                    introspect, enabled, require_pkce, trusted, epoch, created_at)
                SELECT ?, name, 0, grants, scopes, scope_descriptions, redirect_uris, TRUE, introspect, enabled,
                    require_pkce, trusted, nextval('epoch'), created_at FROM client WHERE id = 'open'""")) {
            copy.setString(1, id);
            copy.executeUpdate();
        }
    }

    private void groups(Connection database, List<UUID> ids) throws SQLException {
        for (int group = 0; group < GROUPS; group++) {
            execute(database, "INSERT INTO user_group VALUES ('group" + group + "', CURRENT_TIMESTAMP)");
            execute(database, "INSERT INTO group_link (group_name, client_id, created_at) VALUES ('group" + group
                    + "', 'group', CURRENT_TIMESTAMP)");
        }
        execute(database, "INSERT INTO user_group VALUES ('everybody', CURRENT_TIMESTAMP)");
        execute(database, """
                INSERT INTO group_member (user_id, group_name, created_at)
                SELECT id, 'everybody', CURRENT_TIMESTAMP FROM users""");
        try (PreparedStatement member = database.prepareStatement(
                "INSERT INTO group_member (user_id, group_name, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)")) {
            for (int i = 0; i < ids.size(); i++) {
                for (int group = 0; group < GROUPS_PER_USER; group++) {
                    member.setObject(1, ids.get(i));
                    member.setString(2, "group" + (i + group) % GROUPS);
                    member.addBatch();
                }
            }
            member.executeBatch();
        }
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Every client once a round, in changing order, so that whatever else the machine does falls on all of them. */
    private void rounds(int rounds) throws Exception {
        for (int round = -rounds / 4; round < rounds; round++) { // the first ones warm up
            if (round == 0) {
                nanos.clear();
            }
            int user = random.nextInt(users);
            for (int i = 0; i < CLIENTS.size(); i++) {
                String client = CLIENTS.get(Math.floorMod(round + i, CLIENTS.size()));
                String granted = timed("password", client, "/oauth/v2/token",
                        "grant_type", "password", "username", "user" + user, "password", "p");
                String refreshed = timed("refresh", client, "/oauth/v2/token",
                        "grant_type", "refresh_token", "refresh_token", member(granted, "refresh_token"));
                timed("introspection", client, "/oauth/v2/introspect", "token", member(refreshed, "access_token"));
            }
        }
    }

    private String timed(String door, String client, String path, String... form) throws Exception {
        Caller caller = callers.get(client);
        long begun = System.nanoTime();
        String answer = caller.post(path, form);
        nanos.computeIfAbsent(door + " " + client, key -> new ArrayList<>()).add(System.nanoTime() - begun);
        if (answer.contains("\"active\":false")) {
            throw new IOException(door + " at " + client + ": " + answer);
        }
        return answer;
    }

    private static String member(String json, String name) {
        return json.replaceAll(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    private boolean report() {
        boolean cheap = true;
        for (String door : List.of("password", "refresh", "introspection")) {
            double open = median(door + " open");
            for (String client : CLIENTS) {
                double cost = median(door + " " + client) / open - 1;
                boolean within = cost < BOUND;
                cheap &= within || door.equals("introspection");
                System.out.printf("%-14s %-7s median %7.3f ms  %+5.1f %% %s%n", door, client,
                        median(door + " " + client) / 1e6, 100 * cost, within ? "" : "TOO MUCH");
            }
        }
        return cheap;
    }

    private double median(String key) {
        long[] sorted = nanos.get(key).stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }

    /** In both is what a command takes to start. */
    private void groupOfAll() throws Exception {
        run("link", "add", "--group", "everybody", "mass");
        long begun = System.nanoTime();
        run("link", "list", "--user", "user0");
        long listed = System.nanoTime();
        run("group", "delete", "everybody");
        System.out.printf("deleting a group of %,d, each of whom loses the last link: %d ms (listing links: %d ms)%n",
                users, (System.nanoTime() - listed) / 1_000_000, (listed - begun) / 1_000_000);
    }

    private void run(String... words) throws Exception {
        Server.run(directory, SETTINGS, Jvm.running().service(words));
    }
}
