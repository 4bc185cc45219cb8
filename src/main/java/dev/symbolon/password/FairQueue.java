package dev.symbolon.password;

import dev.symbolon.password.Turn.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a thread: bounded and shared out by {@link Turn}. The parts are served one after the other, and so are
 * those in each of them: who has much waiting waits for others' first, and for its own last. Thread-safe.
 */
final class FairQueue {
    /** By {@link Part}, then by subject. */
    private final List<Map<Object, Deque<FutureTask<?>>>> waiting = new ArrayList<>();

    private final Map<List<?>, Integer> taken = new HashMap<>();
    private int last;

    FairQueue() {
        for (int i = 0; i < Part.values().length; i++) {
            waiting.add(new LinkedHashMap<>());
        }
    }

    /** @return false if there is no room; else {@link #leave} is to be called when nobody waits for it any more */
    synchronized boolean enter(Turn turn, FutureTask<?> task) {
        boolean room = turn.take(taken);
        if (room) {
            waiting.get(turn.part().ordinal())
                    .computeIfAbsent(turn.subject(), any -> new ArrayDeque<>())
                    .add(task);
        }
        return room;
    }

    synchronized void leave(Turn turn, FutureTask<?> task) {
        turn.giveBack(taken);
        waiting.get(turn.part().ordinal()).computeIfPresent(turn.subject(), (any, tasks) -> {
            tasks.remove(task);
            return tasks.isEmpty() ? null : tasks;
        });
    }

    /** How many wait for a thread. */
    synchronized int size() {
        return waiting.stream()
                .flatMap(subjects -> subjects.values().stream())
                .mapToInt(Deque::size)
                .sum();
    }

    /** Does the next task, if there is one left. */
    void runNext() {
        FutureTask<?> next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable FutureTask<?> next() {
        for (int i = 1; i <= waiting.size(); i++) {
            int part = (last + i) % waiting.size();
            Map<Object, Deque<FutureTask<?>>> subjects = waiting.get(part);
            if (!subjects.isEmpty()) {
                last = part;
                return next(subjects);
            }
        }
        return null;
    }

    /** Of the subject that was served the longest ago, which then is the last in line. */
    private static FutureTask<?> next(Map<Object, Deque<FutureTask<?>>> subjects) {
        Map.Entry<Object, Deque<FutureTask<?>>> first =
                subjects.entrySet().iterator().next();
        Deque<FutureTask<?>> tasks = first.getValue();
        FutureTask<?> next = tasks.remove();
        subjects.remove(first.getKey());
        if (!tasks.isEmpty()) {
            subjects.put(first.getKey(), tasks);
        }
        return next;
    }
}
