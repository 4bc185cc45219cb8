import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client of the service that takes nothing but 200 for an answer. Thread-safe. */
final class Caller {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String authorization;

    /** The service has too much to do, or had to wait too long for its disk. */
    static final class Busy extends IOException {
        private static final long serialVersionUID = 1;
    }

    Caller(String url, String clientId, String secret) {
        this.url = url;
        this.authorization = basic(clientId, secret);
    }

    static String basic(String clientId, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** @param form names and values in turn */
    String post(String path, String... form) throws IOException, InterruptedException {
        var body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(form[i]).append('=');
            body.append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 503) {
            throw new Busy();
        }
        if (response.statusCode() != 200) {
            throw new IOException(path + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    JsonNode token(String... form) throws IOException, InterruptedException {
        return JSON.readTree(post("/oauth/v2/token", form));
    }

    String ownToken() throws IOException, InterruptedException {
        return token("grant_type", "client_credentials").get("access_token").asText();
    }

    JsonNode login(String username, String password) throws IOException, InterruptedException {
        return token("grant_type", "password", "username", username, "password", password);
    }

    boolean isActive(String token) throws IOException, InterruptedException {
        return JSON.readTree(post("/oauth/v2/introspect", "token", token)).get("active").asBoolean();
    }

    void revoke(String token) throws IOException, InterruptedException {
        post("/oauth/v2/revoke", "token", token);
    }
}
