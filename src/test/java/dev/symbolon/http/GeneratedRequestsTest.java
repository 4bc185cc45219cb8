package dev.symbolon.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that nobody would think of, to every endpoint: never a fault, never a word about what is inside, and JSON or a
 * page as the endpoint has it. {@code -Dtest.seed=…} has others sent, {@code -Dtest.requests=…} more.
 */
class GeneratedRequestsTest {
    private static final List<String> JSON =
            List.of("/oauth/v2/token", "/oauth/v2/introspect", "/oauth/v2/revoke", "/oauth/v2/device_authorization");
    private static final List<String> PAGES = List.of("/oauth/v2/auth", "/device", "/account", "/logout");
    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "GET", "PUT", "DELETE", "OPTIONS", "HEAD");
    private static final List<String> NAMES = List.of(
            "grant_type",
            "client_id",
            "client_secret",
            "scope",
            "username",
            "password",
            "refresh_token",
            "token",
            "token_type_hint",
            "code",
            "redirect_uri",
            "code_verifier",
            "device_code",
            "response_type",
            "state",
            "prompt",
            "code_challenge",
            "code_challenge_method",
            "response_mode",
            "user_code",
            "csrf",
            "action",
            "x");
    private static final List<String> VALUES = List.of(
            "client_credentials",
            "password",
            "refresh_token",
            "authorization_code",
            "1_aaa",
            "bbb",
            "2_ccc",
            "alice",
            "alice-password",
            "read",
            "read write",
            "code",
            "http://127.0.0.1:3000/callback",
            "S256",
            "plain",
            "form_post",
            "urn:ietf:params:oauth:grant-type:device_code",
            "sat_" + "A".repeat(64),
            "srt_" + "_".repeat(64),
            "",
            "\0",
            "'; DROP TABLE token; --",
            "\"><script>",
            "é\uD83D\uDE00",
            "%",
            "${jndi:ldap://x}",
            "\r\nX: y",
            "A".repeat(5000),
            "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");
    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=ISO-8859-1",
            "application/json",
            "multipart/form-data",
            ";",
            "x/y;;=");
    private static final Pattern INSIDE = Pattern.compile(
            "Exception|\\bat [a-z.]+\\(|dev\\.symbolon|org\\.(h2|jdbi|postgresql|eclipse)|java\\.|SELECT |INSERT |bind message|SQL");

    @TempDir
    Path directory;

    private final long seed = Long.getLong("test.seed", 1);
    private final Random random = new Random(seed);
    private final HttpClient http = HttpClient.newHttpClient();

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private String bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String form() {
        var form = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            String value = once(8) ? bytes(40) : one(VALUES);
            form.append(one(NAMES)).append('=');
            form.append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append(once(30) ? "%z" : "&");
        }
        return form.toString();
    }

    private HttpRequest request(int port, String path) {
        String query = once(3) ? "?" + form().replaceAll("%z", "") : "";
        String body = once(10) ? bytes(300) : form();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + query))
                .method(one(METHODS), BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1))
                .header("Content-Type", one(TYPES));
        if (!once(4)) {
            String pair = once(3) ? bytes(20) : once(2) ? "1_aaa:bbb" : "2_ccc:ddd";
            request.header(
                    "Authorization",
                    (once(9) ? "Bearer " : "Basic ")
                            + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1)));
        }
        if (once(5)) {
            request.header(
                    "Cookie", one(List.of("symbolon", "symbolon_session", "a")) + "=" + "A".repeat(random.nextInt(99)));
        }
        if (once(5)) {
            request.header("Origin", one(List.of("null", "http://127.0.0.1:3000", "x")));
        }
        return request.build();
    }

    /** A body or query that no form makes is refused in JSON by pages too: no browser sends it. */
    private void check(HttpRequest request, HttpResponse<String> response, boolean json) {
        String about = "seed " + seed + ": " + request + ' ' + request.headers() + " -> " + response.statusCode() + ' '
                + response.body();
        assertTrue(response.statusCode() < 500 || response.statusCode() == 503, about);
        assertFalse(INSIDE.matcher(response.body()).find(), about);
        String type = response.headers().firstValue("Content-Type").orElse("");
        boolean empty = response.body().isEmpty();
        boolean ofEndpoint = json ? type.startsWith("application/json") : type.startsWith("text/html");
        assertTrue(empty || ofEndpoint || Set.of(400, 405, 413, 414, 415, 431).contains(response.statusCode()), about);
    }

    @Test
    void whatever_is_sent_the_answer_is_of_the_endpoints_kind_and_tells_nothing_of_the_inside() throws Exception {
        try (TestService service = TestService.start(directory)) {
            for (int i = Integer.getInteger("test.requests", 1_500); i > 0; i--) {
                boolean json = !once(3);
                HttpRequest request = request(service.port(), one(json ? JSON : PAGES));
                try {
                    check(request, http.send(request, BodyHandlers.ofString()), json);
                } catch (IOException e) { // a long URL is refused, and maybe reset, while the body is still sent
                    assertTrue(request.uri().toString().length() > 8_000, () -> request + " " + e);
                }
            }
            service.login("alice");
        }
    }
}
