package dev.symbolon.link;

import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;
import org.jspecify.annotations.Nullable;

/**
 * By which links a user is assigned to a client at this moment: their own, and those of their groups. All of them count
 * together. Read as columns of one statement, see {@link AssignmentColumns}.
 *
 * @param groups every group of the user, linked or not
 * @param ways none if the user is not linked
 */
public record Assignment(Set<String> groups, List<Way> ways) {
    /** A client without a user. */
    public static final Assignment NONE = new Assignment(Set.of(), List.of());

    /**
     * A link that has not ended.
     *
     * @param group null for the user's own
     * @param scopes the most it allows; null for all
     * @param endsAt {@link Instant#MAX} if it does not end
     */
    public record Way(@Nullable String group, @Nullable Set<String> scopes, Instant endsAt) {
        boolean covers(String scope) {
            return scopes == null || scopes.contains(scope);
        }
    }

    public Assignment {
        groups = Set.copyOf(groups);
        ways = List.copyOf(ways);
    }

    /** @param memberOf as {@link AssignmentColumns#COLUMNS} words it; null for no group */
    @JdbiConstructor
    public static Assignment of(
            boolean direct, @Nullable Set<String> linkScopes, @Nullable Instant linkEndsAt, @Nullable String memberOf) {
        if (!direct && memberOf == null) {
            return NONE;
        }
        List<Way> ways = new ArrayList<>();
        if (direct) {
            ways.add(new Way(null, linkScopes, linkEndsAt == null ? Instant.MAX : linkEndsAt));
        }
        Set<String> groups = new TreeSet<>();
        for (String membership : memberOf == null ? new String[0] : memberOf.split("\"")) {
            String[] words = membership.split(" ", 3);
            groups.add(words[0]);
            if (words.length > 1) {
                ways.add(new Way(words[0], words.length == 2 ? null : scopes(words[2]), end(words[1])));
            }
        }
        return new Assignment(groups, ways);
    }

    private static Set<String> scopes(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }

    private static Instant end(String text) {
        return text.equals("-") ? Instant.MAX : Instant.ofEpochSecond(Long.parseLong(text));
    }

    /** What the policy is to be asked about who is assigned so. */
    public PolicyRequest request(
            Moment moment,
            String grantType,
            Set<String> scopes,
            PolicyRequest.Client client,
            PolicyRequest.@Nullable User user,
            String address) {
        return new PolicyRequest(moment, grantType, scopes, client, user, linked(), scopes(), address);
    }

    public boolean linked() {
        return !ways.isEmpty();
    }

    /** The most that the links allow together; null if one of them does not say, or there is none. */
    public @Nullable Set<String> scopes() {
        Set<String> all = new TreeSet<>();
        for (Way way : ways) {
            if (way.scopes() == null) {
                return null;
            }
            all.addAll(way.scopes());
        }
        return ways.isEmpty() ? null : all;
    }

    /**
     * When one of the scopes ceases to be covered, or without scopes when the last link ends. A scope that no link
     * covers was not granted for a link's sake, and is passed over.
     *
     * @return {@link Instant#MAX} for never
     */
    public Instant coveredUntil(Set<String> scopes) {
        return scopes.stream()
                .filter(scope -> ways.stream().anyMatch(way -> way.covers(scope)))
                .map(scope ->
                        last(ways.stream().filter(way -> way.covers(scope)).toList()))
                .min(Instant::compareTo)
                .orElseGet(() -> last(ways));
    }

    private static Instant last(List<Way> ways) {
        return ways.stream().map(Way::endsAt).max(Instant::compareTo).orElse(Instant.MAX);
    }
}
