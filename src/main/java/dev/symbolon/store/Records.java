package dev.symbolon.store;

import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Maps rows to records by name. Jdbi would find out anew for each result which column belongs to which component, by
 * reflection, which took ten times as long as the query itself; here that is done once a statement. Thread-safe.
 */
final class Records implements RowMapperFactory {
    private final Map<Type, RowMapper<?>> mappers = new ConcurrentHashMap<>();

    @Override
    public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
        return type instanceof Class<?> row && row.isRecord()
                ? Optional.of(mappers.computeIfAbsent(type, unknown -> new Mapper<>(ConstructorMapper.of(row))))
                : Optional.empty();
    }

    /** @param known by the text of the statement; there are as many as DAOs have methods */
    private record Mapper<T>(RowMapper<T> mapper, Map<String, RowMapper<T>> known) implements RowMapper<T> {
        Mapper(RowMapper<T> mapper) {
            this(mapper, new ConcurrentHashMap<>());
        }

        @Override
        public T map(ResultSet row, StatementContext context) throws SQLException {
            return specialize(row, context).map(row, context);
        }

        @Override
        public RowMapper<T> specialize(ResultSet row, StatementContext context) throws SQLException {
            String sql = context.getRenderedSql();
            RowMapper<T> special = known.get(sql);
            if (special == null) {
                special = mapper.specialize(row, context);
                known.put(sql, special);
            }
            return special;
        }
    }
}
