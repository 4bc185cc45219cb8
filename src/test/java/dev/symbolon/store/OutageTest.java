package dev.symbolon.store;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestDatabase;
import dev.symbolon.TestService;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is lost, silent, locked or full is 503 within a second; two after it is back, so is the service. */
@Tag("postgresql")
class OutageTest {
    /** A second by itself, and something for a machine that is busy with other tests. */
    private static final Duration A_SECOND = Duration.ofMillis(1_500);

    private static final Duration RECOVERY = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private Proxy network;
    private String schema;
    private String direct;
    private TestService service;

    @BeforeEach
    void start() {
        network = new Proxy(TestDatabase.port());
        direct = TestDatabase.POSTGRESQL.fresh(directory).get("database.url");
        schema = direct.replaceFirst(".*currentSchema=", "");
        String url = direct.replace(":" + TestDatabase.port() + "/", ":" + network.port() + "/");
        service = TestService.start(directory, "database.url", url + "&ApplicationName=" + schema);
        issue().then().statusCode(200);
    }

    @AfterEach
    void stop() throws Exception {
        network.restore();
        service.close();
        network.close();
    }

    private Response issue() {
        return service.token("grant_type", "client_credentials");
    }

    private static Response refusedInTime(Supplier<Response> request) {
        long start = System.nanoTime();
        Response response = request.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        response.then()
                .statusCode(503)
                .header("Retry-After", org.hamcrest.Matchers.matchesPattern("[0-9]+"))
                .body("error", equalTo("temporarily_unavailable"));
        assertTrue(took.compareTo(A_SECOND) < 0, took::toString);
        return response;
    }

    private void comesBack() {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (issue().statusCode() != 200 || ready() != 200) {
            assertTrue(System.nanoTime() < deadline, "it never came back");
        }
    }

    private int ready() {
        return RestAssured.given()
                .port(service.managementPort())
                .get("/health/ready")
                .statusCode();
    }

    @Test
    void a_lost_network_is_503_at_every_endpoint_and_not_ready_until_it_is_back() {
        String token = issue().path("access_token");
        network.cut();
        refusedInTime(this::issue);
        refusedInTime(() -> service.introspect(token));
        refusedInTime(() -> service.revoke(token));
        assertEquals(503, ready());
        network.restore();
        comesBack();
        assertTrue(service.isActive(token), "a revocation that was refused has not happened");
    }

    @Test
    void a_silent_network_is_503_in_bounded_time() {
        network.silence();
        refusedInTime(this::issue);
        refusedInTime(this::issue);
        assertEquals(503, ready());
        network.restore();
        comesBack();
    }

    @Test
    void after_a_long_outage_it_is_back_as_soon() {
        network.cut();
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (System.nanoTime() < end) {
            refusedInTime(this::issue);
        }
        network.restore();
        comesBack();
    }

    @Test
    void connections_that_the_server_ends_are_replaced() {
        for (int i = 0; i < 3; i++) {
            TestDatabase.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + schema + "'");
            comesBack();
        }
    }

    @Test
    void a_lock_that_somebody_holds_is_503_in_bounded_time() throws Exception {
        try (Connection connection = DriverManager.getConnection(direct, "postgres", "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE token IN ACCESS EXCLUSIVE MODE");
            refusedInTime(this::issue);
            refusedInTime(() -> service.introspect("sat_" + "A".repeat(64)));
            connection.rollback();
        }
        comesBack();
    }

    /** Disk, memory, connections; shut down; read only; input and output; no lock: what the server says, by its code. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "53300", "57P01", "57P03", "57014", "25006", "58030", "55P03"})
    void what_the_server_cannot_do_now_is_503_and_works_again_when_it_can(String state) {
        String table = schema + ".token";
        TestDatabase.execute("CREATE FUNCTION " + schema + ".fail() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$BEGIN RAISE EXCEPTION 'it cannot' USING ERRCODE = '" + state + "'; END$$");
        TestDatabase.execute(
                "CREATE TRIGGER fail BEFORE INSERT ON " + table + " EXECUTE FUNCTION " + schema + ".fail()");
        refusedInTime(this::issue);
        TestDatabase.execute("DROP TRIGGER fail ON " + table);
        comesBack();
    }

    @Test
    void connections_to_a_server_that_has_become_a_standby_are_given_up() {
        String pids = "SELECT pid FROM pg_stat_activity WHERE application_name = '" + schema + "'";
        Set<String> before = Set.copyOf(TestDatabase.query(pids));
        TestDatabase.execute("CREATE FUNCTION " + schema + ".fail() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$BEGIN RAISE EXCEPTION 'read only' USING ERRCODE = '25006'; END$$");
        TestDatabase.execute(
                "CREATE TRIGGER fail BEFORE INSERT ON " + schema + ".token EXECUTE FUNCTION " + schema + ".fail()");
        for (int i = 0; i <= before.size(); i++) {
            refusedInTime(this::issue);
        }
        assertTrue(Collections.disjoint(before, TestDatabase.query(pids)));
    }

    interface Statements {
        @SqlBatch("INSERT INTO users (id, username, name_key, password_hash, hash_work, enabled, epoch, created_at)"
                + " VALUES (:ids, 'x', :ids, '-', 0, TRUE, 0, CURRENT_TIMESTAMP)")
        void wrong(List<String> ids);

        @SqlUpdate("INSERT INTO users (id, username, name_key, password_hash, hash_work, enabled, epoch, created_at)"
                + " SELECT id, :hash, name_key, :hash, 0, TRUE, 0, CURRENT_TIMESTAMP FROM users")
        int twice(String hash);
    }

    @Test
    void a_failed_statement_is_told_without_the_values_that_were_bound() {
        try (Database database = Database.open(service.config().database())) {
            for (Function<Statements, Integer> work :
                    List.<Function<Statements, Integer>>of(dao -> dao.twice("the-hash-of-a-password"), dao -> {
                        dao.wrong(List.of("the-id"));
                        return 0;
                    })) {
                JdbiException failure = assertThrows(
                        JdbiException.class,
                        () -> database.write(session -> work.apply(session.attach(Statements.class))));
                var text = new StringWriter();
                failure.printStackTrace(new PrintWriter(text));
                assertFalse(text.toString().contains("the-"), text::toString);
            }
        }
    }
}
