package dev.symbolon.ops;

import dev.symbolon.http.Exchange;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import dev.symbolon.store.Database;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * What is counted and timed, in the text that Prometheus reads. Every tag has few values: of clients, doors and reasons,
 * which could be many, the first {@value #MOST_CLIENTS}, {@value #MOST_DOORS} and {@value #MOST_REASONS} have series of
 * their own. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    static final int MOST_CLIENTS = 100;
    static final int MOST_DOORS = 100;
    static final int MOST_REASONS = 20;
    private static final Duration[] LATENCIES = IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean jvm = new AtomicBoolean();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final BoundedTag clients = new BoundedTag(MOST_CLIENTS);
    private final BoundedTag doors = new BoundedTag(MOST_DOORS);
    private final BoundedTag reasons = new BoundedTag(MOST_REASONS);

    private record Answer(String endpoint, String outcome) {}

    private record Decision(String client, Moment moment, String outcome) {}

    // a registry makes a meter's name of strings at each look-up, and these are for every request
    private final Map<Answer, Timer> requests = new ConcurrentHashMap<>();
    private final Map<String, Counter> issued = new ConcurrentHashMap<>();
    private final Map<Decision, Counter> decisions = new ConcurrentHashMap<>();

    public Metrics(Database database, PasswordHasher hasher, PolicyGate gate) {
        database.monitor(registry);
        hasher.monitor(registry);
        gate.monitor(this::decided);
        FunctionCounter.builder("symbolon.log.dropped", this, metrics -> LogQueue.dropped())
                .description("Log lines that were dropped since the output was too slow")
                .register(registry);
    }

    /** Loads the classes. */
    public static void warmUp() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        requestTimer(registry, new Answer("", "")).record(Duration.ZERO);
        registry.close();
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Counts and times a request when it has been answered. */
    public void answered(Context ctx) {
        Exchange exchange = Exchange.of(ctx);
        String endpoint = Exchange.endpoint(ctx);
        var answer = new Answer(
                endpoint.startsWith("/door/") ? doors.of(endpoint) : endpoint, exchange.outcome(ctx.statusCode()));
        requests.computeIfAbsent(answer, key -> requestTimer(registry, key))
                .record(exchange.nanos(), TimeUnit.NANOSECONDS);
        String grant = exchange.grant();
        if (grant != null && ctx.statusCode() == 200) {
            issued.computeIfAbsent(grant, this::issuedCounter).increment();
        }
    }

    private static Timer requestTimer(MeterRegistry registry, Answer answer) {
        return Timer.builder("symbolon.http.requests")
                .description("Requests that were answered")
                .tag("endpoint", answer.endpoint())
                .tag("outcome", answer.outcome())
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    private Counter issuedCounter(String grant) {
        return Counter.builder("symbolon.tokens.issued")
                .description("Answers with an access token")
                .tag("grant", grant)
                .register(registry);
    }

    private void decided(PolicyRequest request, String outcome, String reason) {
        var decision = new Decision(clients.of(request.client().id()), request.moment(), outcome);
        decisions.computeIfAbsent(decision, this::decisionCounter).increment();
        if (!reason.isEmpty()) {
            Counter.builder("symbolon.policy.denials")
                    .description("What the policy did not simply allow")
                    .tag("reason", reasons.of(reason))
                    .tag("outcome", outcome)
                    .register(registry)
                    .increment();
        }
    }

    private Counter decisionCounter(Decision decision) {
        return Counter.builder("symbolon.policy.decisions")
                .description("Answers of the policy")
                .tag("client", decision.client())
                .tag("moment", decision.moment().name().toLowerCase(Locale.ROOT))
                .tag("outcome", decision.outcome())
                .register(registry);
    }

    /** {@code GET /metrics} */
    public void scrape(Context ctx) {
        if (jvm.compareAndSet(false, true)) { // late: the management classes it needs would slow the start
            List.of(
                            new JvmMemoryMetrics(),
                            gc,
                            new JvmThreadMetrics(),
                            new ClassLoaderMetrics(),
                            new ProcessorMetrics(),
                            new FileDescriptorMetrics(),
                            new UptimeMetrics())
                    .forEach(binder -> binder.bindTo(registry));
        }
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
