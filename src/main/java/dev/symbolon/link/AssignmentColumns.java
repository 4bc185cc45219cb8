package dev.symbolon.link;

/**
 * What a statement about a user {@code u} and a client {@code c} selects to read an {@link Assignment} along with the
 * rest, so that a request takes one look at the database. {@code :now} is bound; costs nothing where there is no user.
 */
public final class AssignmentColumns {
    /**
     * A group is its name; if it is linked, a space and the end in seconds since 1970 or {@code -} follow; if the link
     * has scopes, a space and they. Groups are parted by a quote, which no name and no scope may have.
     */
    public static final String COLUMNS = """
            l.user_id IS NOT NULL AS direct, l.scopes AS link_scopes, l.ends_at AS link_ends_at,
            CASE WHEN u.id IS NULL THEN NULL ELSE (
                SELECT STRING_AGG(m.group_name || CASE WHEN g.group_name IS NULL THEN '' ELSE ' '
                    || COALESCE(CAST(CAST(EXTRACT(EPOCH FROM g.ends_at) AS BIGINT) AS VARCHAR), '-')
                    || COALESCE(' ' || g.scopes, '') END, '"')
                FROM group_member m
                LEFT JOIN group_link g ON g.group_name = m.group_name AND g.client_id = c.id
                    AND (g.ends_at IS NULL OR g.ends_at > :now)
                WHERE m.user_id = u.id) END AS member_of
            """;

    /** To join after {@code u} and {@code c}; gives the counter of the pair as {@code p.epoch}, too. */
    public static final String JOINS = """
            LEFT JOIN pair_epoch p ON p.user_id = u.id AND p.client_id = c.id
            LEFT JOIN link l ON l.user_id = u.id AND l.client_id = c.id AND (l.ends_at IS NULL OR l.ends_at > :now)
            """;

    private AssignmentColumns() {}
}
