package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.Thread.State;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions that wait are asked together. */
@Tag("no-database")
class GroupReadTest {
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();

    private final List<Set<String>> statements = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> release = new CompletableFuture<>();
    private final List<CompletableFuture<Optional<String>>> held = new ArrayList<>();
    private final GroupRead<String, String> reads = new GroupRead<>(this::find, String::toLowerCase);

    /** The row of each key is the key in capitals; {@code none} has none. */
    private List<String> find(Collection<String> keys) {
        statements.add(Set.copyOf(keys));
        if (keys.contains("held")) {
            await(release);
        }
        if (keys.contains("wrong")) {
            throw new IllegalArgumentException("wrong");
        }
        return keys.stream()
                .filter(key -> !key.equals("none"))
                .map(String::toUpperCase)
                .toList();
    }

    /** All statements that may run at once do. */
    @BeforeEach
    void hold() {
        for (int i = 1; i <= AT_ONCE; i++) {
            held.add(ask("held"));
            await(i);
        }
    }

    private static void await(CompletableFuture<Boolean> release) {
        try {
            release.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private void await(int begun) {
        while (statements.size() < begun) {
            Thread.onSpinWait();
        }
    }

    /** Returns when the question is asked or waits. */
    private CompletableFuture<Optional<String>> ask(String key) {
        var answer = new CompletableFuture<Optional<String>>();
        var caller = new Thread(() -> {
            try {
                answer.complete(reads.find(key));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        caller.start();
        while (!Set.of(State.WAITING, State.TIMED_WAITING, State.TERMINATED).contains(caller.getState())) {
            Thread.onSpinWait();
        }
        return answer;
    }

    @Test
    void what_waits_is_found_by_one_statement_that_begins_after_the_last_of_it() {
        List<CompletableFuture<Optional<String>>> answers =
                List.of(ask("held"), ask("one"), ask("two"), ask("one"), ask("none"));
        assertEquals(AT_ONCE, statements.size());
        release.complete(true);
        assertEquals(
                List.of(
                        Optional.of("HELD"),
                        Optional.of("ONE"),
                        Optional.of("TWO"),
                        Optional.of("ONE"),
                        Optional.empty()),
                answers.stream().map(CompletableFuture::join).toList());
        assertEquals(List.of(Set.of("held", "one", "two", "none")), statements.subList(AT_ONCE, statements.size()));
    }

    @Test
    void more_than_fits_into_a_statement_is_left_to_the_next_one() {
        List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
        for (int i = 0; i <= 256; i++) {
            answers.add(ask("key" + i));
        }
        release.complete(true);
        answers.forEach(
                answer -> assertEquals("KEY", answer.join().orElseThrow().substring(0, 3)));
        assertEquals(
                Set.of(256, 1),
                Set.copyOf(statements.subList(AT_ONCE, statements.size()).stream()
                        .map(Set::size)
                        .toList()));
    }

    @Test
    void a_statement_that_fails_is_no_concern_of_the_next_one() {
        List<CompletableFuture<Optional<String>>> answers = List.of(ask("wrong"), ask("one"));
        release.complete(true);
        for (var answer : answers) {
            assertInstanceOf(
                    IllegalArgumentException.class,
                    assertThrows(CompletionException.class, answer::join).getCause());
        }
        assertEquals(Optional.of("ONE"), reads.find("one"));
        assertEquals(Optional.of("HELD"), held.get(0).join());
    }

    @Test
    void when_the_database_is_away_who_waits_is_told_so_and_does_not_try_it_first() {
        CompletableFuture<Optional<String>> waiting = ask("one");
        release.completeExceptionally(new ConnectionException(new SQLTransientConnectionException("away")));
        for (var answer : List.of(held.get(0), waiting)) {
            assertThrows(CompletionException.class, answer::join);
        }
        assertEquals(AT_ONCE, statements.size());
        assertEquals(Optional.of("TWO"), reads.find("two"));
    }

    @Test
    void who_waits_too_long_is_told_that_the_service_is_busy() {
        CompletableFuture<Optional<String>> waiting = ask("one");
        var failure = assertThrows(CompletionException.class, waiting::join);
        assertInstanceOf(ConnectionException.class, failure.getCause());
        release.complete(true);
        assertEquals(Optional.of("ONE"), reads.find("one"));
    }
}
