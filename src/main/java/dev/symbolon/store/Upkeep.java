package dev.symbolon.store;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the disk take, each second, what was written in the last one, so that a power failure costs no more than that; and
 * gives back space that old rows took, little by little, as others wait meanwhile.
 */
final class Upkeep {
    /** How many times a second it is to be run. */
    static final int SLICES = 8;

    private final Engine engine;
    private final Sessions sessions;
    private final AtomicBoolean written = new AtomicBoolean();
    private int slice;
    private boolean quiet;
    private boolean unsecured;
    private boolean untidy;

    Upkeep(Engine engine, Sessions sessions) {
        this.engine = engine;
        this.sessions = sessions;
    }

    /** There is something to do. */
    void written() {
        written.set(true);
    }

    void run() {
        if (slice++ % SLICES == 0) {
            quiet = !written.getAndSet(false);
            unsecured |= !quiet; // to the end: what fails here is done the next time
            if (unsecured || untidy) {
                secure();
            }
        }
        if (untidy) {
            untidy = false; // what fails is not tried again at once
            untidy = sessions.use(session -> engine.compact(session.handle(), quiet)) || !quiet;
        }
    }

    private void secure() {
        sessions.use(session -> {
            engine.secure(session.handle());
            return true;
        });
        unsecured = false;
        untidy = true;
    }
}
