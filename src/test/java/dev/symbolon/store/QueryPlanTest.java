package dev.symbolon.store;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestDatabase;
import dev.symbolon.TestService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every statement of every DAO finds its rows by an index, and every index finds rows for some statement. */
class QueryPlanTest {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([A-Za-z_]+)");

    /** The report as a whole, and a rare deletion from what is a small table. */
    private static final Set<String> READS_ALL = Set.of("LetThroughDao.list", "ClientDao.deleteLetThrough");

    /** The lists of what is one user's, and the tables that they are of. */
    private static final Map<String, String> OF_A_USER = Map.of(
            "BrowserSessionDao.listOf", "browser_session",
            "ConsentDao.list", "consent",
            "LinkDao.list", "link",
            "TokenDao.listOf", "token");

    /** What a deleted client takes along. */
    private static final Set<String> FOR_FOREIGN_KEYS =
            Set.of("link_client", "group_link_client", "consent_client", "door_client");

    @TempDir
    Path directory;

    /** The statements by their methods, with numbered parameters. */
    private static Map<String, String> statements() throws IOException, ReflectiveOperationException {
        Map<String, String> statements = new LinkedHashMap<>();
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Dao.class"))
                    .sorted()
                    .toList()) {
                String name =
                        classes.relativize(file).toString().replace('/', '.').replace(".class", "");
                for (var constant : Class.forName(name).getDeclaredFields()) {
                    constant.setAccessible(true);
                    if (constant.get(null) instanceof Expiry expiry) {
                        statements.put(expiry.table() + " that expired", expiry.select());
                        statements.put(expiry.table() + " to delete", expiry.delete());
                    }
                }
                for (var method : Class.forName(name).getDeclaredMethods()) {
                    String sql = sql(method);
                    if (!sql.isEmpty()) {
                        statements.put(method.getDeclaringClass().getSimpleName() + '.' + method.getName(), sql);
                    }
                }
            }
        }
        return statements;
    }

    private static String sql(java.lang.reflect.Method method) {
        if (method.isAnnotationPresent(SqlQuery.class)) {
            return method.getAnnotation(SqlQuery.class).value();
        }
        if (method.isAnnotationPresent(SqlLookup.class)) {
            return method.getAnnotation(SqlLookup.class).value();
        }
        if (method.isAnnotationPresent(SqlUpdate.class)) {
            return method.getAnnotation(SqlUpdate.class).value();
        }
        return method.isAnnotationPresent(SqlBatch.class)
                ? method.getAnnotation(SqlBatch.class).value()
                : "";
    }

    /** @param mark what a parameter looks like, {@code %d} for its number */
    private static String numbered(String sql, String mark, List<String> names) {
        return PARAMETER.matcher(sql).replaceAll(match -> {
            if (!names.contains(match.group(1)) || mark.equals("?")) {
                names.add(match.group(1));
            }
            return Matcher.quoteReplacement(mark.formatted(names.indexOf(match.group(1)) + 1));
        });
    }

    private static String column(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            lines.add(rows.getString(1));
        }
        return String.join("\n", lines);
    }

    /** As if the tables were big. */
    private static String postgresPlan(Statement statement, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        statement.execute("PREPARE one AS " + numbered(sql, "$%d", names));
        String nulls = names.stream().map(name -> "NULL").collect(joining(", ", "(", ")"));
        String plan = column(statement.executeQuery("EXPLAIN EXECUTE one" + (names.isEmpty() ? "" : nulls)));
        statement.execute("DEALLOCATE one");
        return plan;
    }

    private static String h2Plan(Connection connection, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + numbered(sql, "?", names))) {
            for (int i = 1; i <= names.size(); i++) {
                statement.setNull(i, Types.NULL);
            }
            return column(statement.executeQuery());
        }
    }

    private Map<String, String> plans() throws Exception {
        TestService service = TestService.start(directory);
        service.close();
        var config = service.config().database();
        Map<String, String> plans = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                Statement statement = connection.createStatement()) {
            boolean postgres = TestDatabase.current() == TestDatabase.POSTGRESQL;
            if (postgres) {
                statement.execute("SET enable_seqscan = off");
                statement.execute("SET plan_cache_mode = force_generic_plan");
            }
            for (var entry : statements().entrySet()) {
                plans.put(
                        entry.getKey(),
                        postgres ? postgresPlan(statement, entry.getValue()) : h2Plan(connection, entry.getValue()));
            }
            if (!postgres) {
                statement.execute("SHUTDOWN");
            }
        }
        return plans;
    }

    @Test
    void no_statement_reads_a_whole_table() throws Exception {
        Map<String, String> plans = plans();
        assertTrue(plans.size() > 40, plans::toString);
        plans.keySet().removeAll(READS_ALL);
        plans.values().removeIf(plan -> !plan.contains("Seq Scan on") && !plan.contains(".tableScan"));
        assertEquals(Map.of(), plans);
    }

    @Test
    void what_is_one_user_s_is_found_by_an_index_that_begins_with_the_user() throws Exception {
        Map<String, String> plans = plans();
        plans.keySet().retainAll(OF_A_USER.keySet());
        assertEquals(OF_A_USER.size(), plans.size());
        plans.entrySet().removeIf(plan -> isByUser(OF_A_USER.get(plan.getKey()), plan.getValue()));
        assertEquals(Map.of(), plans);
    }

    private static boolean isByUser(String table, String plan) {
        String postgres = " on " + table + " .*\\s+(?:Index|Recheck) Cond: \\(+user_id >?= ";
        String h2 = "\"" + table + "\" \"\\w+\"\\s+/\\* public\\.\\w+: user_id >?= ";
        return Pattern.compile(postgres + "|" + h2, Pattern.CASE_INSENSITIVE)
                .matcher(plan)
                .find();
    }

    private static Set<String> indexes() throws IOException {
        Set<String> indexes = new TreeSet<>();
        Pattern change = Pattern.compile("(CREATE|DROP) (?:UNIQUE )?INDEX IF (?:NOT )?EXISTS (\\w+)");
        try (Stream<Path> steps = Files.list(Path.of("src/main/resources/db"))) {
            for (Path step : steps.sorted().toList()) {
                change.matcher(Files.readString(step)).results().forEach(found -> {
                    if (found.group(1).equals("CREATE")) {
                        indexes.add(found.group(2));
                    } else {
                        indexes.remove(found.group(2));
                    }
                });
            }
        }
        return indexes;
    }

    @Test
    void no_index_is_there_for_nothing() throws Exception {
        String all = String.join("\n", plans().values()).toLowerCase(java.util.Locale.ROOT);
        Set<String> unused = indexes();
        assertTrue(unused.removeIf(all::contains), all);
        unused.removeAll(FOR_FOREIGN_KEYS);
        assertEquals(Set.of(), unused);
    }
}
