package dev.symbolon.group;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.link.LinkChanges;
import dev.symbolon.link.Links;
import dev.symbolon.link.Locks;
import dev.symbolon.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The life of groups. Thread-safe; what changes here holds from the next request. Whoever loses with a group the last
 * link to a client where the policy enforces links loses their tokens for good, in the same transaction.
 */
public final class Groups {
    /** How many groups a user may be in: all of them are read at each of the user's requests. */
    public static final int MOST = 1_000;

    private final Database database;
    private final LinkChanges changes;

    public Groups(Database database, LinkChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    public Optional<Group> find(String name) {
        return Group.isName(name) ? database.read(GroupDao.class, dao -> dao.find(name)) : Optional.empty();
    }

    /** A page of groups in the order of their names. */
    public List<Group> list(String after, int most) {
        return database.read(GroupDao.class, dao -> dao.list(after, most));
    }

    /** A page of members in the order in which they were made users; {@code after} is null for the first. */
    public List<Member> members(Group group, @Nullable Member after, int most) {
        UUID last = after == null ? new UUID(0, 0) : after.userId();
        return database.read(GroupDao.class, dao -> dao.members(group.name(), last, most));
    }

    /**
     * @return empty if there is a group of that name already
     * @throws IllegalArgumentException if the name is impossible
     */
    public Optional<Group> create(String name) {
        if (!Group.isName(name)) {
            throw new IllegalArgumentException(
                    "a group name must have 1 to 255 characters, without space, quote, backslash or control character");
        }
        Optional<Group> created = changes.run(change -> {
            GroupDao dao = change.dao(GroupDao.class);
            if (dao.find(name).isPresent()) {
                return Optional.<Group>empty();
            }
            dao.insert(name, change.now());
            return dao.find(name);
        });
        return AuditLog.recordIf(created, "group-created", "group", name);
    }

    /** @return false if it is gone */
    public boolean delete(Group group) {
        boolean deleted = changes.run(change -> {
            Links.removeGroup(change, group.name());
            return change.dao(GroupDao.class).delete(group.name());
        });
        return AuditLog.recordIf(deleted, "group-deleted", "group", group.name());
    }

    /**
     * Makes a user a member, or leaves them one.
     *
     * @return empty if the user or the group is gone
     * @throws IllegalArgumentException if the user would be in more than {@value #MOST} groups
     */
    public Optional<Member> add(Group group, UUID userId) {
        Optional<Member> added = changes.run(change -> {
            GroupDao dao = change.dao(GroupDao.class);
            Locks locks = change.dao(Locks.class);
            if (locks.user(userId).isEmpty() || locks.group(group.name()).isEmpty()) {
                return Optional.<Member>empty();
            }
            Optional<Member> present = dao.member(group.name(), userId);
            if (present.isPresent()) {
                return present;
            }
            if (dao.groupsOf(userId) >= MOST) {
                throw new IllegalArgumentException("a user can be in at most " + MOST + " groups");
            }
            dao.insertMember(userId, group.name(), change.now());
            return dao.member(group.name(), userId);
        });
        return AuditLog.recordIf(added, "member-added", "sub", userId, "group", group.name());
    }

    /** @return false if the user was no member */
    public boolean remove(Group group, UUID userId) {
        boolean done = changes.run(change -> {
            boolean removed = change.dao(GroupDao.class).deleteMember(userId, group.name());
            if (removed) {
                change.memberRemoved(userId, group.name());
            }
            return removed;
        });
        return AuditLog.recordIf(done, "member-removed", "sub", userId, "group", group.name());
    }
}
