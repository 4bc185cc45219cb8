package dev.symbolon.link;

import dev.symbolon.store.Database;
import dev.symbolon.user.User;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds and removes links. Thread-safe; what changes here holds from the next request. */
public final class Links {
    private final Database database;
    private final Clock clock;

    public Links(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Links the user to the client, or gives the link that is there these scopes; kills nothing.
     *
     * @return empty if the user or the client is gone
     */
    public Optional<Link> add(User user, String clientId, @Nullable Set<String> scopes) {
        return database.write(handle -> {
            LinkDao dao = handle.attach(LinkDao.class);
            if (dao.lockUser(user.id()).isEmpty() || dao.lockClient(clientId).isEmpty()) {
                return Optional.<Link>empty();
            }
            if (!dao.setScopes(user.id(), clientId, scopes)) {
                dao.insert(user.id(), clientId, scopes, clock.instant());
            }
            return dao.find(user.id(), clientId);
        });
    }

    /**
     * @param kill whether the policy enforces the link, so that the tokens of the pair are dead for good
     * @return false if there was no link
     */
    public boolean remove(User user, String clientId, boolean kill) {
        return database.write(handle -> {
            LinkDao dao = handle.attach(LinkDao.class);
            dao.lockUser(user.id());
            boolean removed = dao.delete(user.id(), clientId);
            if (removed && kill && !dao.raiseEpoch(user.id(), clientId)) {
                dao.insertEpoch(user.id(), clientId);
            }
            return removed;
        });
    }

    /** Links in the order in which their users were made; {@code after} is null for the first page. */
    public List<Link> list(@Nullable UUID userId, @Nullable String clientId, @Nullable Link after, int most) {
        UUID afterUser = after == null ? new UUID(0, 0) : after.userId();
        String afterClient = after == null ? "" : after.clientId();
        return database.read(LinkDao.class, dao -> dao.list(userId, clientId, afterUser, afterClient, most));
    }
}
