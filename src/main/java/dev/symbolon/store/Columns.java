package dev.symbolon.store;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

/** How values that are not a database's own stand in a column: words separated by spaces, durations in seconds. */
final class Columns implements JdbiPlugin {
    @Override
    public void customizeJdbi(Jdbi jdbi) {
        // the values that were bound, hashes among them, must not get into a log with the message
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.registerArgument(new WordsArgument());
        jdbi.registerArgument(new DurationArgument());
        ColumnMapper<@Nullable Set<String>> words = (row, column, context) -> words(row.getString(column));
        jdbi.registerColumnMapper(new GenericType<Set<String>>() {}, words);
        jdbi.registerColumnMapper(Duration.class, (row, column, context) -> {
            long seconds = row.getLong(column);
            return row.wasNull() ? null : Duration.ofSeconds(seconds);
        });
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> {
            Timestamp timestamp = row.getTimestamp(column);
            return timestamp == null ? null : timestamp.toInstant();
        });
    }

    private static @Nullable Set<String> words(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(text.split(" ")));
    }

    private static final class WordsArgument extends AbstractArgumentFactory<Set<String>> {
        WordsArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(Set<String> value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, String.join(" ", value));
        }
    }

    private static final class DurationArgument extends AbstractArgumentFactory<Duration> {
        DurationArgument() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Duration value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setLong(position, value.toSeconds());
        }
    }
}
