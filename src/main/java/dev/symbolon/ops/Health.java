package dev.symbolon.ops;

import dev.symbolon.store.Database;
import io.javalin.http.Context;
import java.util.Map;

/** For load balancers and container platforms: whether the process runs, and whether it can answer. */
public final class Health {
    private final Database database;
    private volatile boolean draining;

    public Health(Database database) {
        this.database = database;
    }

    /** From now on the service is not ready: it is about to stop. */
    public void drain() {
        draining = true;
    }

    public void live(Context ctx) {
        ctx.json(Map.of("status", "up"));
    }

    /** 503 while the database does not answer or the service stops. */
    public void ready(Context ctx) {
        boolean ready = !draining && database.reachable();
        ctx.status(ready ? 200 : 503).json(Map.of("status", ready ? "up" : "down"));
    }
}
