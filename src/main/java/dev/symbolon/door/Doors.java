package dev.symbolon.door;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.link.Locks;
import dev.symbolon.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The life of doors. Thread-safe; what changes here holds from the next request. */
public final class Doors {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final Database database;

    public Doors(Database database) {
        this.database = database;
    }

    /** Up to 64 lower-case letters, digits, periods, hyphens and underscores, the first a letter or a digit. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public Optional<Door> find(String name) {
        return isName(name) ? database.read(DoorDao.class, dao -> dao.find(name)) : Optional.empty();
    }

    /** A page of doors in the order of their names. */
    public List<Door> list(String after, int most) {
        return database.read(DoorDao.class, dao -> dao.list(after, most));
    }

    /** @return false if there is one of that name already, or its client is gone */
    public boolean create(Door door) {
        boolean created = database.write(session -> {
            DoorDao dao = session.attach(DoorDao.class);
            boolean possible =
                    session.attach(Locks.class).client(door.clientId()).isPresent()
                            && dao.find(door.name()).isEmpty();
            if (possible) {
                dao.insert(door);
            }
            return possible;
        });
        return AuditLog.recordIf(created, "door-created", "door", door.name(), "client", door.clientId());
    }

    /** All that came through it is dead for good. */
    public boolean delete(String name) {
        boolean deleted =
                database.write(session -> session.attach(DoorDao.class).delete(name));
        return AuditLog.recordIf(deleted, "door-deleted", "door", name);
    }
}
