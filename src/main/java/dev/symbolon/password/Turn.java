package dev.symbolon.password;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * On whose account something is to be hashed. Each part of the queue has its own room; no user or client that is tried
 * has more than an eighth of it, no client or address that tries more than a quarter.
 *
 * @param subject whose password or secret is tried
 * @param triers the client and the address that try it
 */
public record Turn(Part part, Object subject, List<?> triers) {
    static final int ROOM = 512;

    /** What is hashed for new passwords and secrets, by operators and by users who have just proved theirs. */
    static final Turn NEW = new Turn(Part.NEW, Part.NEW, List.of());

    /** The parts of the queue. */
    public enum Part {
        PASSWORDS,
        SECRETS,
        NEW
    }

    /** How many places each may have at most. */
    private Map<List<?>, Integer> shares() {
        Map<List<?>, Integer> shares = new HashMap<>();
        shares.put(List.of(part), ROOM);
        triers.forEach(trier -> shares.put(List.of(part, trier), ROOM / 4));
        shares.put(List.of(part, subject, subject), ROOM / 8);
        return shares;
    }

    /** @return false if one of the shares is used up; then nothing is taken */
    boolean take(Map<List<?>, Integer> taken) {
        Map<List<?>, Integer> shares = shares();
        boolean free =
                shares.entrySet().stream().allMatch(share -> taken.getOrDefault(share.getKey(), 0) < share.getValue());
        if (free) {
            shares.keySet().forEach(share -> taken.merge(share, 1, Integer::sum));
        }
        return free;
    }

    void giveBack(Map<List<?>, Integer> taken) {
        shares().keySet()
                .forEach(share -> taken.computeIfPresent(share, (key, count) -> count == 1 ? null : count - 1));
    }
}
