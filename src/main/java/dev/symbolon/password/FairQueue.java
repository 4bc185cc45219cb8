package dev.symbolon.password;

import dev.symbolon.password.Turn.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What waits for a thread: bounded, shared out by {@link Turn}, its parts served one after the other. Thread-safe. */
final class FairQueue {
    private final Map<Part, Deque<FutureTask<?>>> waiting = new EnumMap<>(Part.class);
    private final Map<List<?>, Integer> taken = new HashMap<>();
    private int last;

    FairQueue() {
        for (Part part : Part.values()) {
            waiting.put(part, new ArrayDeque<>());
        }
    }

    /** @return false if there is no room; else {@link #leave} is to be called when nobody waits for it any more */
    synchronized boolean enter(Turn turn, FutureTask<?> task) {
        boolean room = turn.take(taken);
        if (room) {
            waiting.get(turn.part()).add(task);
        }
        return room;
    }

    synchronized void leave(Turn turn, FutureTask<?> task) {
        turn.giveBack(taken);
        waiting.get(turn.part()).remove(task);
    }

    /** Does the next task, if there is one left. */
    void runNext() {
        FutureTask<?> next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable FutureTask<?> next() {
        Part[] parts = Part.values();
        for (int i = 1; i <= parts.length; i++) {
            int part = (last + i) % parts.length;
            FutureTask<?> next = waiting.get(parts[part]).poll();
            if (next != null) {
                last = part;
                return next;
            }
        }
        return null;
    }
}
