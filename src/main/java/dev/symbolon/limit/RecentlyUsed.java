package dev.symbolon.limit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps of bounded size: the entry that was used the longest ago leaves first. */
public final class RecentlyUsed {
    private RecentlyUsed() {}

    /** A thread-safe one. */
    public static <K, V> Map<K, V> map(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        });
    }
}
