package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.jdbc.JdbcConnection;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that need a connection while the pool is still growing. */
@Tag("no-database")
class SessionsTest {
    private final AtomicBoolean opened = new AtomicBoolean();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    /** Opens one connection, and takes for ever over another. */
    private Connection open() throws SQLException {
        if (opened.getAndSet(true)) {
            end.join();
        }
        return DriverManager.getConnection("jdbc:h2:mem:");
    }

    private HikariDataSource pool() {
        var settings = new HikariConfig();
        settings.setDataSource(new Steadfast(this::open));
        settings.setMaximumPoolSize(2);
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(2_000);
        return new HikariDataSource(settings);
    }

    @Test
    void who_waits_for_a_new_connection_takes_one_that_another_is_done_with() throws SQLException {
        try (HikariDataSource pool = pool();
                var sessions = new Sessions(
                        Jdbi.create(pool),
                        2,
                        () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0,
                        Duration.ofMinutes(1))) {
            var second = new CompletableFuture<Connection>();
            Connection first = sessions.use(session -> {
                second.completeAsync(() -> sessions.use(SessionsTest::physical));
                while (pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0) {
                    Thread.yield();
                }
                return physical(session);
            });
            assertSame(first, second.join());
        } finally {
            end.complete(true);
        }
    }

    @Test
    @Timeout(20)
    void after_a_burst_the_pool_has_its_connections_again() {
        var settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:h2:mem:");
        settings.setMaximumPoolSize(3);
        try (var pool = new HikariDataSource(settings);
                var sessions = new Sessions(Jdbi.create(pool), 3, () -> false, Duration.ofSeconds(1))) {
            Integer burst = sessions.use(first -> sessions.use(
                    second -> sessions.use(third -> pool.getHikariPoolMXBean().getActiveConnections())));
            assertEquals(3, burst);
            while (pool.getHikariPoolMXBean().getActiveConnections() > 1) {
                sessions.use(SessionsTest::physical);
            }
        }
    }

    private static Connection physical(Session session) {
        try {
            return session.handle().getConnection().unwrap(JdbcConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
