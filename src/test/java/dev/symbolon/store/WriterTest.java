package dev.symbolon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that wait are committed together, and fail apart. */
class WriterTest {
    /** A table without references will do. */
    interface Families {
        @SqlUpdate("INSERT INTO family (id, created_at, expires_at) VALUES (:id, :now, :now)")
        void insert(UUID id, Instant now);

        @SqlQuery("SELECT COUNT(*) FROM family")
        int count();
    }

    @TempDir
    Path directory;

    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Thread> callers = new ArrayList<>();
    private Database database;
    private CompletableFuture<Boolean> first;

    @BeforeEach
    void holdTheWriter() throws InterruptedException {
        TestService service = TestService.empty(directory);
        service.close();
        database = Database.open(service.config().database());
        var begun = new CountDownLatch(1);
        first = call(session -> {
            begun.countDown();
            return await(release);
        });
        assertTrue(begun.await(5, TimeUnit.SECONDS));
    }

    @AfterEach
    void close() {
        release.countDown();
        database.close();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <R> CompletableFuture<R> start(Function<Session, R> work) {
        var answer = new CompletableFuture<R>();
        var caller = new Thread(() -> {
            try {
                answer.complete(database.write(work));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        callers.add(caller);
        caller.start();
        return answer;
    }

    /** Returns when the write waits. */
    private <R> CompletableFuture<R> call(Function<Session, R> work) {
        CompletableFuture<R> answer = start(work);
        awaitCallers();
        return answer;
    }

    private void awaitCallers() {
        while (!callers.stream().map(Thread::getState).allMatch(WriterTest::isSettled)) {
            Thread.yield();
        }
    }

    private static boolean isSettled(State state) {
        return state == State.WAITING || state == State.TERMINATED;
    }

    @Test
    void who_waits_too_long_is_told_and_nothing_is_written_for_them_later() {
        CompletableFuture<Boolean> second = call(WriterTest::insert);
        var failure = assertThrows(CompletionException.class, second::join);
        assertTrue(failure.getMessage().contains("took too long"), failure::getMessage);
        assertThrows(CompletionException.class, first::join);
        release.countDown();
        start(session -> true).join();
        assertEquals(0, committed());
    }

    @Test
    void what_needs_a_row_that_a_long_transaction_holds_fails_soon_and_by_itself() throws Exception {
        var id = UUID.randomUUID();
        var held = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        CompletableFuture<Boolean> holder = CompletableFuture.supplyAsync(() -> database.writeLong(session -> {
            session.attach(Families.class).insert(id, Instant.EPOCH);
            held.countDown();
            return await(end);
        }));
        try {
            assertTrue(held.await(5, TimeUnit.SECONDS));
            CompletableFuture<Boolean> right = call(WriterTest::insert);
            List<CompletableFuture<Boolean>> wrong = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                wrong.add(0, call(session -> {
                    session.attach(Families.class).insert(id, Instant.EPOCH);
                    return true;
                }));
            }
            release.countDown();
            assertTrue(right.get(3, TimeUnit.SECONDS));
            for (CompletableFuture<Boolean> each : wrong) {
                var failure = assertThrows(ExecutionException.class, () -> each.get(3, TimeUnit.SECONDS));
                assertTrue(Database.isUnavailable((JdbiException) failure.getCause()), failure::toString);
            }
        } finally {
            end.countDown();
        }
        assertTrue(holder.join());
        assertEquals(2, committed());
    }

    private static boolean insert(Session session) {
        session.attach(Families.class).insert(UUID.randomUUID(), Instant.EPOCH);
        return true;
    }

    private int committed() {
        return database.read(Families.class, Families::count);
    }

    @Test
    void what_waits_together_is_committed_together() {
        call(WriterTest::insert);
        CompletableFuture<List<Integer>> last =
                call(session -> List.of(session.attach(Families.class).count(), committed()));
        release.countDown();
        assertEquals(List.of(1, 0), last.join());
        assertEquals(1, committed());
    }

    @Test
    void of_what_is_committed_together_only_the_one_at_fault_fails_and_leaves_nothing() {
        List<CompletableFuture<Boolean>> right = new ArrayList<>();
        right.add(call(WriterTest::insert));
        CompletableFuture<Boolean> wrong = call(session -> {
            insert(session);
            throw new IllegalArgumentException("at fault");
        });
        right.add(call(WriterTest::insert));
        release.countDown();
        right.forEach(answer -> assertTrue(answer.join()));
        Throwable fault = assertThrows(CompletionException.class, wrong::join).getCause();
        assertEquals("at fault", fault.getMessage());
        assertEquals(2, committed());
    }

    @Test
    void nothing_is_answered_before_it_is_committed() {
        CompletableFuture<Boolean> answer = call(WriterTest::insert);
        assertFalse(answer.isDone());
        release.countDown();
        assertTrue(answer.join());
        assertEquals(1, committed());
    }

    @Test
    void what_finds_a_full_queue_is_refused_at_once_and_nobody_else() {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < Writer.MOST_WAITING + 10; i++) {
            answers.add(start(session -> true));
        }
        awaitCallers();
        var refused = answers.stream().filter(CompletableFuture::isDone).toList();
        assertEquals(10, refused.size());
        for (CompletableFuture<Boolean> answer : refused) {
            Throwable cause =
                    assertThrows(CompletionException.class, answer::join).getCause();
            assertTrue(cause instanceof ConnectionException, cause::toString);
        }
        release.countDown();
        assertTrue(first.join());
        answers.removeAll(refused);
        answers.forEach(answer -> assertTrue(answer.join()));
    }

    @Test
    void a_close_waits_for_what_waits() throws InterruptedException {
        CompletableFuture<Boolean> answer = call(WriterTest::insert);
        var closing = new Thread(database::close);
        closing.start();
        release.countDown();
        closing.join(Duration.ofSeconds(10).toMillis());
        assertTrue(answer.join());
    }

    @Test
    void what_comes_after_the_close_is_refused_at_once() {
        release.countDown();
        database.close();
        assertThrows(ConnectionException.class, () -> database.write(WriterTest::insert));
    }
}
