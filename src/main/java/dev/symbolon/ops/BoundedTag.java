package dev.symbolon.ops;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Values of a tag of metrics that comes from outside: the first so many are themselves, all others are one. Thread-safe. */
final class BoundedTag {
    static final String OTHER = "other";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedTag(int most) {
        this.most = most;
    }

    String of(String value) {
        if (known.contains(value)) {
            return value;
        }
        return known.size() < most && add(value) ? value : OTHER;
    }

    private synchronized boolean add(String value) {
        return known.contains(value) || (known.size() < most && known.add(value));
    }
}
