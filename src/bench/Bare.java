import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.symbolon.http.Listener;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the service is measured against: a listener set up like ours whose handler does nothing, and bcrypt alone. */
public final class Bare {
    private static final int COST = 10;
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
    private static final byte[] KEY = new byte[64];

    private Bare() {}

    public static void main(String[] arguments) {
        Javalin javalin = Listener.create("127.0.0.1", Integer.parseInt(System.getenv("SYMBOLON_HTTP_PORT")), null, Set.of(), answered -> {}, routes -> {
            routes.post("/", ctx -> ctx.contentType("application/json").result("{\"active\":false}"));
            routes.post("/bcrypt", Bare::bcrypt);
        });
        javalin.start();
        System.out.println("ready at http://127.0.0.1:" + javalin.port() + ", listening on port " + javalin.port());
    }

    /** Verifies for {@code millis} on one thread, and answers how many a second. */
    private static void bcrypt(Context ctx) {
        byte[] hash = BCrypt.with(VERSION).hash(COST, KEY);
        long begun = System.nanoTime();
        long end = begun + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(ctx.queryParam("millis")));
        int count = 0;
        while (System.nanoTime() < end) {
            if (!BCrypt.verifyer(VERSION).verify(KEY, hash).verified) {
                throw new IllegalStateException("bcrypt is broken");
            }
            count++;
        }
        ctx.result(Double.toString(count * 1e9 / (System.nanoTime() - begun)));
    }
}
