package dev.symbolon.store;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.AttachedExtensionHandler;
import org.jdbi.v3.core.extension.ExtensionHandler;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** What {@link SqlLookup} does; public because Jdbi makes it. Thread-safe. */
public final class Lookup implements ExtensionHandler, AttachedExtensionHandler {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([A-Za-z]+)");

    private record Mapping(RowMapper<?> mapper, StatementContext context) {
        Object map(ResultSet row) throws SQLException {
            return mapper.map(row, context);
        }
    }

    private final String sql;

    /** Which of the method's parameters stands at which place. */
    private final int[] places;

    private final Class<?> record;
    private final boolean many;
    private volatile @Nullable Mapping mapping;

    /** As Jdbi makes it, once a method. */
    public Lookup(Class<?> dao, Method method) {
        List<String> names =
                Stream.of(method.getParameters()).map(Parameter::getName).toList();
        Matcher parameters =
                PARAMETER.matcher(method.getAnnotation(SqlLookup.class).value());
        this.places = parameters
                .results()
                .mapToInt(found -> names.indexOf(found.group(1)))
                .toArray();
        this.sql = parameters.replaceAll("?");
        this.many = method.getReturnType() == List.class;
        this.record = (Class<?>) ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
    }

    @Override
    public AttachedExtensionHandler attachTo(ConfigRegistry config, Object target) {
        return this;
    }

    @Override
    public Object invoke(HandleSupplier handles, Object... values) {
        Handle handle = handles.getHandle();
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            for (int i = 0; i < places.length; i++) {
                Object value = values[places[i]];
                statement.setObject(i + 1, bound(handle, value));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<Object> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(mapping(handle, rows).map(rows));
                }
                return many ? found : found.stream().findFirst();
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, context(handle));
        }
    }

    /** As both drivers take it. */
    private static Object bound(Handle handle, Object value) throws SQLException {
        if (value instanceof Collection<?> keys) {
            Object[] all = keys.toArray();
            return handle.getConnection().createArrayOf(all[0] instanceof UUID ? "uuid" : "varchar", all);
        }
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }

    private Mapping mapping(Handle handle, ResultSet rows) throws SQLException {
        Mapping known = mapping;
        if (known == null) {
            StatementContext context = context(handle);
            known = new Mapping(ConstructorMapper.of(record).specialize(rows, context), context);
            mapping = known;
        }
        return known;
    }

    private StatementContext context(Handle handle) {
        try (var query = handle.createQuery(sql)) {
            return query.getContext();
        }
    }
}
