package dev.symbolon.link;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Adds and removes links of users and of groups. Thread-safe; what changes here holds from the next request. Whoever
 * loses the last link to a client where the policy enforces links loses their tokens for good.
 */
public final class Links {
    /** A user and a client, neither of which need still be there. */
    public record Pair(UUID userId, String clientId) {}

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final Database database;
    private final LinkChanges changes;
    private final Clock clock;

    public Links(Database database, LinkChanges changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Links the user to the client, or gives the link that is there these terms; kills nothing.
     *
     * @return empty if the user or the client is gone
     */
    public Optional<Link> add(UUID userId, String clientId, LinkTerms terms) {
        Optional<Link> added = changes.run(change -> {
            LinkDao dao = change.dao(LinkDao.class);
            Locks locks = change.dao(Locks.class);
            if (locks.user(userId).isEmpty() || locks.client(clientId).isEmpty()) {
                return Optional.<Link>empty();
            }
            if (!dao.update(userId, clientId, terms)) {
                dao.insert(userId, clientId, terms, change.now());
            }
            return dao.find(userId, clientId);
        });
        return AuditLog.recordIf(added, "link-added", "sub", userId, "client", clientId);
    }

    /** As {@link #add}, for every member of a group. */
    public Optional<Link> addGroup(String groupName, String clientId, LinkTerms terms) {
        Optional<Link> added = changes.run(change -> {
            GroupLinkDao dao = change.dao(GroupLinkDao.class);
            Locks locks = change.dao(Locks.class);
            if (locks.group(groupName).isEmpty() || locks.client(clientId).isEmpty()) {
                return Optional.<Link>empty();
            }
            if (!dao.update(groupName, clientId, terms)) {
                dao.insert(groupName, clientId, terms, change.now());
            }
            return dao.find(null, groupName, clientId);
        });
        return AuditLog.recordIf(added, "link-added", "group", groupName, "client", clientId);
    }

    /** Links those of the pairs that no link covers yet, without scopes or end. */
    public List<Pair> addMissing(List<Pair> pairs) {
        List<Pair> added = changes.run(change -> {
            LinkDao dao = change.dao(LinkDao.class);
            return pairs.stream()
                    .filter(pair -> dao.insertIfUnlinked(pair.userId(), pair.clientId(), change.now()))
                    .toList();
        });
        added.forEach(pair -> AuditLog.record("link-added", "sub", pair.userId(), "client", pair.clientId()));
        return added;
    }

    /** @return false if the user had no link of their own, or it had ended */
    public boolean remove(UUID userId, String clientId) {
        boolean done = changes.run(change -> {
            boolean removed = change.dao(LinkDao.class).delete(userId, clientId);
            if (removed) {
                change.unlinked(userId, clientId);
            }
            return removed;
        });
        return AuditLog.recordIf(done, "link-removed", "sub", userId, "client", clientId);
    }

    /** @return false if the group had no link, or it had ended */
    public boolean removeGroup(String groupName, String clientId) {
        boolean done = changes.run(change -> removeGroup(change, groupName, clientId));
        return AuditLog.recordIf(done, "link-removed", "group", groupName, "client", clientId);
    }

    /** As {@link #removeGroup(String, String)} for every client, as part of a greater change. */
    public static void removeGroup(LinkChanges.Change change, String groupName) {
        change.dao(GroupLinkDao.class).clients(groupName).forEach(client -> removeGroup(change, groupName, client));
    }

    private static boolean removeGroup(LinkChanges.Change change, String groupName, String clientId) {
        boolean removed = change.dao(GroupLinkDao.class).delete(groupName, clientId);
        if (removed) {
            change.groupUnlinked(groupName, clientId);
        }
        return removed;
    }

    /** Deletes the links that have ended; who loses the last one loses their tokens, as by {@link #remove}. */
    public void clearEnded() {
        changes.run(change -> true);
    }

    /**
     * Links that have not ended: users' own in the order in which their users were made, then those of groups.
     *
     * @param userId their own links and those of their groups; null for all
     * @param after null for the first page
     */
    public List<Link> list(@Nullable UUID userId, @Nullable String clientId, @Nullable Link after, int most) {
        List<Link> page = new ArrayList<>();
        if (after == null || after.groupName() == null) {
            page.addAll(ofUsers(userId, clientId, after, most));
        }
        if (page.size() < most) {
            Link last = after == null || after.groupName() == null ? null : after;
            page.addAll(ofGroups(userId, clientId, last, most - page.size()));
        }
        return page;
    }

    private List<Link> ofUsers(@Nullable UUID userId, @Nullable String clientId, @Nullable Link after, int most) {
        UUID afterUser = after == null ? FIRST : Objects.requireNonNull(after.userId());
        UUID from = userId == null ? afterUser : userId;
        UUID to = userId == null ? LAST : userId;
        String afterClient = after == null ? "" : after.clientId();
        Instant now = clock.instant();
        return database.read(LinkDao.class, dao -> dao.list(from, to, clientId, afterUser, afterClient, now, most));
    }

    private List<Link> ofGroups(@Nullable UUID userId, @Nullable String clientId, @Nullable Link after, int most) {
        String afterGroup = after == null ? "" : Objects.requireNonNull(after.groupName());
        String afterClient = after == null ? "" : after.clientId();
        Instant now = clock.instant();
        return database.read(GroupLinkDao.class, dao -> dao.list(userId, clientId, afterGroup, afterClient, now, most));
    }
}
