package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.Thread.State;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
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
    private final List<Set<String>> statements = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> release = new CompletableFuture<>();
    private GroupRead<String, String> reads = reads(Duration.ofMinutes(1));
    private CompletableFuture<Optional<String>> held;

    private GroupRead<String, String> reads(Duration patience) {
        return new GroupRead<>(this::find, String::toLowerCase, 1, patience);
    }

    /** The row of each key is the key in capitals; {@code none} has none. */
    private List<String> find(Collection<String> keys) {
        statements.add(Set.copyOf(keys));
        if (keys.contains("held")) {
            awaitRelease();
        }
        if (keys.contains("wrong")) {
            throw new IllegalArgumentException("wrong");
        }
        return keys.stream()
                .filter(key -> !key.equals("none"))
                .map(String::toUpperCase)
                .toList();
    }

    private void awaitRelease() {
        try {
            release.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @BeforeEach
    void hold() {
        held = ask("held");
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
            Thread.yield();
        }
        return answer;
    }

    @Test
    void what_waits_is_found_by_one_statement_that_begins_after_the_last_of_it() {
        List<CompletableFuture<Optional<String>>> answers =
                List.of(ask("held"), ask("one"), ask("two"), ask("one"), ask("none"));
        assertEquals(1, statements.size());
        release.complete(true);
        assertEquals(
                List.of(
                        Optional.of("HELD"),
                        Optional.of("ONE"),
                        Optional.of("TWO"),
                        Optional.of("ONE"),
                        Optional.empty()),
                answers.stream().map(CompletableFuture::join).toList());
        assertEquals(List.of(Set.of("held", "one", "two", "none")), statements.subList(1, statements.size()));
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
                Set.copyOf(statements.subList(1, statements.size()).stream()
                        .map(Set::size)
                        .toList()));
    }

    @Test
    void of_what_is_asked_together_only_the_one_at_fault_fails() {
        CompletableFuture<Optional<String>> wrong = ask("wrong");
        CompletableFuture<Optional<String>> right = ask("one");
        release.complete(true);
        assertInstanceOf(
                IllegalArgumentException.class,
                assertThrows(CompletionException.class, wrong::join).getCause());
        assertEquals(Optional.of("ONE"), right.join());
        assertEquals(Set.of("wrong", "one"), statements.get(1), "together");
    }

    @Test
    void when_the_database_is_away_who_waits_is_told_so_and_does_not_try_it_first() {
        CompletableFuture<Optional<String>> waiting = ask("one");
        release.completeExceptionally(new ConnectionException(new SQLTransientConnectionException("away")));
        for (var answer : List.of(held, waiting)) {
            assertThrows(CompletionException.class, answer::join);
        }
        assertEquals(1, statements.size());
        assertEquals(Optional.of("TWO"), reads.find("two"));
    }

    @Test
    void who_waits_too_long_is_told_that_the_service_is_busy() {
        reads = reads(Duration.ofMillis(1));
        CompletableFuture<Optional<String>> holding = ask("held");
        CompletableFuture<Optional<String>> waiting = ask("one");
        assertInstanceOf(
                ConnectionException.class,
                assertThrows(CompletionException.class, waiting::join).getCause());
        release.complete(true);
        holding.join();
        assertEquals(Optional.of("ONE"), reads.find("one"));
    }
}
