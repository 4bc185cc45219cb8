package dev.symbolon.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Brings an older schema up to this version's, and refuses one that is too new (contract section 6).
 *
 * <p>The one row of {@code schema_version} says what version the schema is of, the oldest version of the code that may
 * still use it, and which database this is. It is locked while steps run, so that one process at a time migrates.
 * Every step is written to be repeatable and is recorded when it is done: on H2, which commits at each change of the
 * schema, a migration cut short resumes; on PostgreSQL it never was.
 */
final class Migrations {
    /** @param oldest the oldest schema version whose code may still use the schema after this step */
    private record Step(int version, int oldest, String resource) {}

    private record State(int version, int oldest, UUID databaseId) {}

    private static final List<Step> STEPS = List.of(
            new Step(1, 1, "/db/001-schema.sql"),
            new Step(2, 1, "/db/002-audit.sql"),
            new Step(3, 1, "/db/003-rotation.sql"));
    private static final String STATE = "SELECT version, oldest, database_id FROM schema_version";
    private static final int ATTEMPTS = 5;
    private static final int CURRENT = STEPS.get(STEPS.size() - 1).version();

    private Migrations() {}

    /** The identity of a database that was made before; empty if it holds nothing of ours. Writes nothing. */
    static Optional<UUID> identity(Jdbi jdbi) {
        return jdbi.withHandle(Migrations::state).map(State::databaseId);
    }

    /**
     * Writes nothing to a schema that is new enough, so that a user without the right to change it can use it.
     *
     * @return the identity the database got when it was made
     * @throws StoreException if the schema is of a newer version that this one may not use
     */
    static UUID run(Jdbi jdbi) {
        Optional<State> state = jdbi.withHandle(Migrations::state);
        if (state.isPresent() && state.get().version() >= CURRENT) {
            return checked(state.get()).databaseId();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(Migrations::migrate);
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS
                        || !Failures.isRace(e)) { // else another process made the table or its row first
                    throw e;
                }
            }
        }
    }

    private static UUID migrate(Handle handle) {
        handle.execute("""
                CREATE TABLE IF NOT EXISTS schema_version (
                    only_row INT PRIMARY KEY CHECK (only_row = 1),
                    version INT NOT NULL, oldest INT NOT NULL, database_id UUID NOT NULL)""");
        handle.execute("""
                INSERT INTO schema_version (only_row, version, oldest, database_id)
                SELECT 1, 0, 0, CAST(? AS UUID) WHERE NOT EXISTS (SELECT 1 FROM schema_version)""", UUID.randomUUID());
        State state = handle.createQuery(STATE + " FOR UPDATE")
                .map(Migrations::toState)
                .one();
        checked(state);
        STEPS.stream().filter(step -> step.version() > state.version()).forEach(step -> apply(handle, step));
        return state.databaseId();
    }

    private static Optional<State> state(Handle handle) {
        boolean made = handle.createQuery(
                                "SELECT COUNT(*) FROM information_schema.tables WHERE LOWER(table_name) = 'schema_version' AND table_schema = CURRENT_SCHEMA")
                        .mapTo(Integer.class)
                        .one()
                > 0;
        return made ? handle.createQuery(STATE).map(Migrations::toState).findOne() : Optional.empty();
    }

    private static State toState(ResultSet row, StatementContext context) throws SQLException {
        return new State(row.getInt(1), row.getInt(2), row.getObject(3, UUID.class));
    }

    private static State checked(State state) {
        if (state.oldest() > CURRENT) {
            throw new StoreException("the database has schema version " + state.version()
                    + ", which this version of Symbolon (schema " + CURRENT + ") may not use: run a newer one");
        }
        return state;
    }

    private static void apply(Handle handle, Step step) {
        handle.createScript(read(step.resource())).execute();
        handle.execute("UPDATE schema_version SET version = ?, oldest = ?", step.version(), step.oldest());
    }

    private static String read(String resource) {
        try (InputStream in = Migrations.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read from the jar", e);
        }
    }
}
