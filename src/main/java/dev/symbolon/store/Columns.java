package dev.symbolon.store;

import dev.symbolon.config.ScopeWords;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * How values that are not a database's own stand in a column: words separated by spaces, what scopes mean, durations in
 * seconds.
 */
final class Columns implements JdbiPlugin {
    /** With which nothing but that is left of what was bound; with less, Jdbi would fail. */
    private static final int ELLIPSIS = 2;

    /** Shared, since it knows the statements that it has seen. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    @Override
    public void customizeJdbi(Jdbi jdbi) {
        // the values that were bound, hashes among them, must get neither into a log with the message nor into a
        // recording
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.getConfig(SqlStatements.class).setJfrParamMaxLength(ELLIPSIS);
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP); // our statements are no templates
        jdbi.registerRowMapper(new Records());
        jdbi.registerArgument(new WordsArgument());
        jdbi.registerArgument(new ScopeWordsArgument());
        jdbi.registerArgument(new DurationArgument());
        jdbi.registerArgument(new InstantArgument());
        jdbi.registerArgument(new UuidArgument());
        ColumnMapper<@Nullable Set<String>> words = (row, column, context) -> words(row.getString(column));
        jdbi.registerColumnMapper(new GenericType<Set<String>>() {}, words);
        jdbi.registerColumnMapper(
                new GenericType<Map<String, String>>() {},
                (row, column, context) ->
                        ScopeWords.parse(row.getString(column)).orElseThrow());
        jdbi.registerColumnMapper(Duration.class, (row, column, context) -> {
            long seconds = row.getLong(column);
            return row.wasNull() ? null : Duration.ofSeconds(seconds);
        });
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
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

    private static final class ScopeWordsArgument extends AbstractArgumentFactory<Map<String, String>> {
        ScopeWordsArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(Map<String, String> value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, ScopeWords.format(value));
        }
    }

    /** With its offset: a {@code Timestamp} would go through local time, which is ambiguous when summer time ends. */
    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
        InstantArgument() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setObject(position, value.atOffset(ZoneOffset.UTC));
        }
    }

    /** PostgreSQL takes no null of type {@code VARCHAR} for a UUID, which is what Jdbi would send. */
    private static final class UuidArgument extends AbstractArgumentFactory<UUID> {
        UuidArgument() {
            super(Types.OTHER);
        }

        @Override
        protected Argument build(UUID value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setObject(position, value);
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
