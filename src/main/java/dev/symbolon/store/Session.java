package dev.symbolon.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** An open connection and the DAOs that were attached to it, which takes longer than what most of them do. Not thread-safe. */
public final class Session implements AutoCloseable {
    private final long since = System.nanoTime();
    private final Handle handle;
    private final Map<Class<?>, Object> daos = new HashMap<>();

    private final Map<Batch<?, ?>, List<Object>> pending = new LinkedHashMap<>();

    /** A statement that is run for many rows at once, in whatever order, and whose result nobody needs. */
    public record Batch<D, T>(Class<D> dao, BiConsumer<D, List<T>> statement) {}

    Session(Handle handle) {
        this.handle = handle;
    }

    Handle handle() {
        return handle;
    }

    /** In nanoseconds. */
    long age() {
        return System.nanoTime() - since;
    }

    public <D> D attach(Class<D> dao) {
        return dao.cast(daos.computeIfAbsent(dao, handle::attach));
    }

    /** Has the row written with others of its kind, in one batch, before the transaction ends. */
    public <D, T> void later(Batch<D, T> batch, T row) {
        pending.computeIfAbsent(batch, any -> new ArrayList<>()).add(row);
    }

    void flush() {
        pending.forEach(this::flush);
        pending.clear();
    }

    @SuppressWarnings("unchecked") // later() alone puts rows in, of the batch's own kind
    private <D, T> void flush(Batch<D, T> batch, List<?> rows) {
        batch.statement().accept(attach(batch.dao()), (List<T>) rows);
    }

    @Override
    public void close() {
        handle.close();
    }
}
