package dev.symbolon.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.symbolon.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Speaks OPA's Data API as it is documented, and every fault that a test wants. */
final class OpaServer implements AutoCloseable {
    /** What is done with a question. */
    interface Answer {
        void send(HttpExchange exchange, JsonNode question) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "opa");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch ending = new CountDownLatch(1);
    final List<JsonNode> questions = new CopyOnWriteArrayList<>();
    final List<Integer> ports = new CopyOnWriteArrayList<>();
    volatile Answer answer;

    OpaServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/data/symbolon/decision", this::handle);
        server.start();
        result(input -> "true");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/data/symbolon/decision";
    }

    /** @param result of an input, as JSON */
    void result(Function<JsonNode, String> result) {
        body(200, question -> "{\"decision_id\":\"1\",\"result\":" + result.apply(question.get("input")) + "}");
    }

    void body(int status, Function<JsonNode, String> body) {
        answer = (exchange, question) -> {
            byte[] bytes = body.apply(question).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Until the end of the test. */
    void hang() throws InterruptedException {
        ending.await();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode question = Json.MAPPER.readTree(exchange.getRequestBody());
            boolean documented = exchange.getRequestMethod().equals("POST")
                    && "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (!documented) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            questions.add(question);
            ports.add(exchange.getRemoteAddress().getPort());
            answer.send(exchange, question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ending.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
