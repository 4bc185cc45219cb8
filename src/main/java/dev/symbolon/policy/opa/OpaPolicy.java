package dev.symbolon.policy.opa;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.symbolon.http.Json;
import dev.symbolon.policy.spi.Decision;
import dev.symbolon.policy.spi.Policy;
import dev.symbolon.policy.spi.PolicyRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets an Open Policy Agent decide. Connections are kept and reused; so many questions at once, the next one gets no
 * decision right away. Thread-safe.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/latest/rest-api/#get-a-document-with-input">the Data API</a>
 */
public final class OpaPolicy implements Policy {
    public static final String TYPE = "opa";
    private static final int MAX_ANSWER_BYTES = 65_536;
    private static final ObjectWriter QUESTION = Json.MAPPER.writer().withRootName("input");

    /**
     * @param timeout for all of an answer, connecting included
     * @param concurrency how many questions may be on their way at once
     * @param cacheTtl how long an answer to an introspection counts; zero: once
     * @param cacheSize how many answers are kept
     */
    public record Settings(URI url, Duration timeout, int concurrency, Duration cacheTtl, int cacheSize) {}

    private final Settings settings;
    private final Clock clock;
    private final OpaCache cache;
    private final Semaphore slots;
    private @Nullable HttpClient http;

    public OpaPolicy(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.cache = new OpaCache(settings.cacheTtl(), settings.cacheSize(), clock);
        this.slots = new Semaphore(settings.concurrency());
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** @throws RuntimeException if there is no clear answer in time */
    @Override
    public Decision decide(PolicyRequest request) {
        OpaInput input = OpaInput.of(request);
        Decision kept = cache.find(input);
        if (kept != null) {
            return kept;
        }
        if (!slots.tryAcquire()) {
            throw new IllegalStateException("too many answers are waited for");
        }
        try {
            Instant askedAt = clock.instant();
            Decision decision = ask(input);
            cache.keep(input, decision, askedAt);
            return decision;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            slots.release();
        }
    }

    private Decision ask(OpaInput input) throws IOException {
        HttpRequest question = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(QUESTION.writeValueAsBytes(input)))
                .build();
        HttpResponse<byte[]> answer = await(http().sendAsync(question, head -> new LimitedBody(MAX_ANSWER_BYTES)));
        if (answer.statusCode() != 200) {
            throw new IOException("OPA answered with status " + answer.statusCode());
        }
        return OpaAnswer.read(answer.body(), input.scopes());
    }

    /** The client's own time-out would end with the headers. */
    private <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "OPA did not answer within " + settings.timeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException("OPA cannot be asked: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while OPA was asked", e);
        } finally {
            answer.cancel(true); // gives the connection up if the answer is still on its way
        }
    }

    /** Made when it is first needed: loading it takes a tenth of the start. */
    private synchronized HttpClient http() {
        HttpClient present = http;
        if (present == null) {
            present = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            http = present;
        }
        return present;
    }
}
