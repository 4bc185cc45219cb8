package dev.symbolon.it;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of the tutorial's client to a service in another process. */
record Caller(int port) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("1_aaa:bbb".getBytes(StandardCharsets.UTF_8));

    /** {@code parameters} are pairs of name and value. */
    HttpResponse<String> post(String path, String... parameters) throws IOException, InterruptedException {
        return HTTP.send(request(path, parameters), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, String... parameters) {
        return HTTP.sendAsync(request(path, parameters), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> login(String user) throws IOException, InterruptedException {
        return token("grant_type", "password", "username", user, "password", user + "-password");
    }

    HttpResponse<String> token(String... parameters) throws IOException, InterruptedException {
        return post("/oauth/v2/token", parameters);
    }

    boolean isActive(String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/oauth/v2/introspect", "token", token);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer + answer.body());
        }
        return answer.body().contains("\"active\":true");
    }

    /** A member of a JSON answer that is a string. */
    static String member(HttpResponse<String> answer, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
        if (!member.find()) {
            throw new AssertionError("no " + name + " in " + answer.body());
        }
        return member.group(1);
    }

    private HttpRequest request(String path, String... parameters) {
        var form = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            String value = URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8);
            form.append(i == 0 ? "" : "&").append(parameters[i]).append('=').append(value);
        }
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", BASIC)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()))
                .build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
