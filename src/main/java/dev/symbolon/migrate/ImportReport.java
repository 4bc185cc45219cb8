package dev.symbolon.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an import found and did. Each list is cut at {@value #LISTED} entries, and counted to its end.
 *
 * @param tables the table found for each role; empty for none
 * @param counts by role
 * @param disabled users whose account was closed in one way or another
 * @param roles how many users had which; the first {@value #LISTED}
 * @param changed what was carried over in part: grants and redirect URIs that there are not here
 * @param bad rows that cannot be carried over
 * @param weakSecrets ids of clients
 */
public record ImportReport(
        boolean dryRun,
        Map<String, String> tables,
        Map<String, Count> counts,
        Listing disabled,
        Map<String, Long> roles,
        Listing changed,
        Listing bad,
        Listing weakSecrets) {
    static final int LISTED = 10_000;

    ImportReport(boolean dryRun, Map<String, String> tables) {
        this(
                dryRun,
                tables,
                new LinkedHashMap<>(),
                new Listing(),
                new TreeMap<>(),
                new Listing(),
                new Listing(),
                new Listing());
    }

    /** A row of the source, and what there is to say about it. */
    public record Entry(String row, String what) {}

    /** Entries, of which the first are kept. */
    public static final class Listing {
        private final List<Entry> entries = new ArrayList<>();
        private long count;

        void add(String row, String what) {
            count++;
            if (entries.size() < LISTED) {
                entries.add(new Entry(row, what));
            }
        }

        public long getCount() {
            return count;
        }

        public List<Entry> getEntries() {
            return entries;
        }
    }

    /** Rows that were read: those that are new here, were here before, and were left out. */
    public static final class Count {
        private long read;
        private long imported;
        private long already;
        private long leftOut;

        public long getRead() {
            return read;
        }

        public long getImported() {
            return imported;
        }

        public long getAlready() {
            return already;
        }

        public long getLeftOut() {
            return leftOut;
        }

        void read(long rows) {
            read += rows;
        }

        void imported() {
            imported++;
        }

        void already() {
            already++;
        }

        void leftOut() {
            leftOut++;
        }
    }

    Count count(String role) {
        return counts.computeIfAbsent(role, any -> new Count());
    }

    void bad(String role, String row, String what) {
        count(role).leftOut();
        bad.add(row, what);
    }

    void role(String name) {
        if (roles.size() < LISTED || roles.containsKey(name)) {
            roles.merge(name, 1L, Long::sum);
        }
    }
}
