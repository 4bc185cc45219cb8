import dev.symbolon.store.TimeOrderedId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Very many access tokens of a client, written straight into the database while the service is stopped: copies of the row
 * of one that the service has issued, but for id, hash and times.
 *
 * @param old values of some, from all of the time
 * @param recent values of the last ones
 */
record LiveTokens(List<String> old, List<String> recent) {
    private static final int KNOWN = 20_000;
    private static final int BATCH = 1000;
    private static final Duration ISSUED_WITHIN = Duration.ofHours(12);
    private static final Duration LIFETIME = Duration.ofHours(24);

    static LiveTokens load(Installation installation, int count)
            throws IOException, InterruptedException, SQLException, NoSuchAlgorithmException {
        try (Server server = installation.serve()) {
            new Caller(server.url(), Installation.NAME, Installation.NAME).ownToken();
        }
        try (Connection connection = installation.connect()) {
            connection.setAutoCommit(false);
            LiveTokens known = write(connection, count);
            if (installation.postgres() == null) { // the service has told it to stay open after the last connection
                connection.createStatement().execute("SHUTDOWN");
            }
            return known;
        }
    }

    private static LiveTokens write(Connection connection, int count) throws SQLException, NoSuchAlgorithmException {
        List<String> columns = new ArrayList<>();
        List<Object> row = new ArrayList<>();
        template(connection, columns, row);
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        String insert = "INSERT INTO token (" + String.join(", ", columns) + ") VALUES (" + marks + ")";
        int id = columns.indexOf("id");
        int hash = columns.indexOf("hash");
        int issuedAt = columns.indexOf("issued_at");
        int expiresAt = columns.indexOf("expires_at");
        var random = new Random(1);
        var sha256 = MessageDigest.getInstance("SHA-256");
        var known = new LiveTokens(new ArrayList<>(), new ArrayList<>());
        int step = Math.max(1, count / KNOWN);
        Instant begin = Instant.now().minus(ISSUED_WITHIN);
        byte[] secret = new byte[32];
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (int i = 0; i < count; i++) {
                Instant now = begin.plusNanos((long) (ISSUED_WITHIN.toNanos() * ((double) i / count)));
                var uuid = TimeOrderedId.at(now);
                random.nextBytes(secret);
                row.set(id, uuid);
                row.set(hash, sha256.digest(secret));
                row.set(issuedAt, now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
                row.set(expiresAt, now.truncatedTo(ChronoUnit.SECONDS).plus(LIFETIME).atOffset(ZoneOffset.UTC));
                for (int column : IntStream.range(0, row.size()).toArray()) {
                    statement.setObject(column + 1, row.get(column));
                }
                statement.addBatch();
                if (i % BATCH == BATCH - 1 || i == count - 1) {
                    statement.executeBatch();
                    connection.commit();
                }
                if (i % step == 0) {
                    known.old.add(value(uuid, secret));
                }
                if (i >= count - KNOWN / 10) {
                    known.recent.add(value(uuid, secret));
                }
            }
        }
        return known;
    }

    private static void template(Connection connection, List<String> columns, List<Object> row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM token")) {
            result.next();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                columns.add(result.getMetaData().getColumnName(i).toLowerCase());
                Object value = result.getObject(i);
                row.add(value instanceof Clob ? result.getString(i) : value);
            }
        }
    }

    private static String value(UUID id, byte[] secret) {
        byte[] bytes = ByteBuffer.allocate(48)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(secret)
                .array();
        return "sat_" + Base64.getUrlEncoder().encodeToString(bytes);
    }
}
