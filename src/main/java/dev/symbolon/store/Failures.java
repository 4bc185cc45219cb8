package dev.symbolon.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/** What failed statements say about the database: PostgreSQL by the SQL state, H2 by its own code. */
final class Failures {
    /** Serialization failure, deadlock, a row or table that another transaction made first: the work is tried again. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "23505", "42710", "42P07");

    /** A lock that another transaction holds for long: by H2, by PostgreSQL. Who needs another one fares better. */
    private static final Set<String> LOCKED = Set.of("HYT00", "55P03");

    /** Connection, resources (disk, memory, connections), shut down or cancelled or too slow, input and output. */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57", "58");

    /** A standby, or a server set to read only. */
    private static final String READ_ONLY = "25006";

    /** H2: an input or output error, out of memory; the database was closed over one of them, its file is gone. */
    private static final Set<Integer> H2_AWAY = Set.of(90007, 90028, 90031, 90067, 90100, 90108, 90121, 90146);

    private Failures() {}

    static boolean isRace(JdbiException e) {
        return TRY_AGAIN.contains(state(e));
    }

    static boolean isUnavailable(JdbiException e) {
        return isAway(e) || isRace(e) || isLocked(e);
    }

    static boolean isLocked(Throwable e) {
        return LOCKED.contains(state(e));
    }

    /** Whether other work would fare no better. */
    static boolean isAway(Throwable e) {
        return e instanceof JdbiException
                && (e instanceof ConnectionException
                        || cause(e).filter(Failures::isAway).isPresent());
    }

    static boolean isAway(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return isReadOnly(e) || AWAY_CLASSES.contains(state.substring(0, Math.min(2, state.length()))) || isAwayOnH2(e);
    }

    static boolean isReadOnly(SQLException e) {
        return READ_ONLY.equals(e.getSQLState());
    }

    static boolean isAwayOnH2(SQLException e) {
        int code = e.getErrorCode();
        return H2.IN_USE.contains(code) || H2_AWAY.contains(code) || e.getCause() instanceof MVStoreException;
    }

    /** The failure that a library wrapped, if there is one. */
    static Optional<SQLException> cause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    static String line(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static String state(Throwable e) {
        return cause(e).map(SQLException::getSQLState).orElse("");
    }
}
