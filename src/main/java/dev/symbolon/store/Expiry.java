package dev.symbolon.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Rows that are of no use after some time.
 *
 * @param end the column that says when
 * @param keys the columns of the primary key
 */
public record Expiry(String table, String end, List<String> keys) {
    /** How many in one transaction, for which others have to wait. */
    static final int BATCH = 500;

    public Expiry(String table, String end, String... keys) {
        this(table, end, List.of(keys));
    }

    /**
     * Deletes them, the oldest first, in small transactions.
     *
     * @param enough asked between them whether to leave the rest to another time
     * @return how many
     */
    public int purge(Database database, Instant until, BooleanSupplier enough) {
        int all = 0;
        List<Map<String, Object>> expired;
        do {
            expired = database.query(handle ->
                    handle.createQuery(select()).bind("until", until).mapToMap().list());
            all += delete(database, expired, until);
        } while (!expired.isEmpty() && !enough.getAsBoolean());
        return all;
    }

    /** By their keys, which are looked for without the writer: that may take long where many dead rows lie about. */
    private int delete(Database database, List<Map<String, Object>> expired, Instant until) {
        return expired.isEmpty() ? 0 : database.write(session -> delete(session.handle(), expired, until));
    }

    private int delete(Handle handle, List<Map<String, Object>> expired, Instant until) {
        try (PreparedBatch batch = handle.prepareBatch(delete())) {
            expired.forEach(row -> batch.bind("until", until).add(row));
            return IntStream.of(batch.execute()).sum();
        }
    }

    String select() {
        return "SELECT %s FROM %s WHERE %s <= :until ORDER BY %s LIMIT %d"
                .formatted(String.join(", ", keys), table, end, end, BATCH);
    }

    String delete() {
        String all = keys.stream().map(key -> key + " = :" + key).collect(Collectors.joining(" AND "));
        return "DELETE FROM %s WHERE %s <= :until AND %s".formatted(table, end, all);
    }
}
