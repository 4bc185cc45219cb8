package dev.symbolon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries to connect until it can, twice a second. The pool, which calls it from a thread of its own, would by itself leave
 * up to five seconds between attempts, and the service would be back so much later than the database.
 */
final class Steadfast extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Steadfast.class);
    private static final long PAUSE_MILLIS = 500;

    /** Makes a connection, or fails. */
    interface Attempt {
        Connection make() throws SQLException;
    }

    private final transient Attempt attempt;

    Steadfast(Attempt attempt) {
        this.attempt = attempt;
    }

    /** @throws SQLException if the pool, which is being closed, interrupts it */
    @Override
    public Connection getConnection() throws SQLException {
        String told = "";
        while (true) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                String line = Failures.line(e);
                if (!line.equals(told)) {
                    LOG.warn("no connection to the database: {}", line);
                    told = line;
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException failure) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
