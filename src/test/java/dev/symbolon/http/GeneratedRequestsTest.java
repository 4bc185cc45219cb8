package dev.symbolon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import dev.symbolon.authorize.Visitor;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that nobody would think of, to every endpoint, half of them good ones with something changed: never a fault, never a
 * word about what is inside, and JSON or a page as the endpoint has it. {@code -Dtest.seed=…} has others sent, {@code -Dtest.requests=…} more.
 */
class GeneratedRequestsTest {
    private static final List<String> JSON = List.of(
            "/oauth/v2/token",
            "/oauth/v2/introspect",
            "/oauth/v2/revoke",
            "/oauth/v2/device_authorization",
            "/door/app/token",
            "/.well-known/oauth-authorization-server");
    private static final List<String> PAGES = List.of("/oauth/v2/auth", "/device", "/account", "/logout");
    private static final String REQUEST = "response_type=code&client_id=1_aaa&scope=read&state=x"
            + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcallback&code_challenge_method=S256"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String LOGIN = "&step=login&username=alice&password=alice-password&form_token=";

    /** By path: what is in order there, but for what has to be got first. */
    private static final Map<String, List<String>> GOOD = Map.of(
            "/oauth/v2/token",
            List.of(
                    "grant_type=client_credentials&scope=read",
                    "grant_type=password&username=alice&password=alice-password&scope=read",
                    "grant_type=refresh_token&refresh_token=",
                    "grant_type=authorization_code&code=&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcallback",
                    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code="),
            "/door/app/token",
            List.of("grant_type=password&username=alice&password=alice-password"),
            "/oauth/v2/introspect",
            List.of("token=&token_type_hint=access_token"),
            "/oauth/v2/revoke",
            List.of("token="),
            "/oauth/v2/device_authorization",
            List.of("scope=read"),
            "/oauth/v2/auth",
            List.of(REQUEST + LOGIN, REQUEST + "&step=allow&granted=read&form_token="),
            "/device",
            List.of("user_code=WZNJSBLW" + LOGIN, "user_code=WZNJSBLW&step=allow&granted=read&form_token="),
            "/account",
            List.of(LOGIN.substring(1), "step=password&old=x&password=y&again=y&form_token="),
            "/logout",
            List.of("form_token="));

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
            "form_token",
            "step",
            "granted",
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

    /** Tokens, user codes and form tokens, where chance writes "SQL" now and then. */
    private static final Pattern MADE_UP = Pattern.compile(
            "\\bs(?:at|rt|ac|dc)_[\\w-]{64}|\\b[A-Z]{4}-[A-Z]{4}\\b|(?<=name=\"form_token\" value=\")[\\w-]+");

    @TempDir
    Path directory;

    private final long seed = Long.getLong("test.seed", 1);
    private final Random random = new Random(seed);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> reached = new HashSet<>();
    private String cookie = "";
    private String formToken = "";
    private String refreshToken = "";

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
            form.append(URLEncoder.encode(value, UTF_8)).append(once(30) ? "%z" : "&");
        }
        return form.toString();
    }

    /** What is in order, with one or two things changed, or none. */
    private String changed(String path) {
        String good = one(GOOD.getOrDefault(path, List.of("")))
                .replace("form_token=", "form_token=" + formToken)
                .replace("token=&", "token=" + refreshToken + "&")
                .replaceAll("(?<!form_)token=$", "token=" + refreshToken);
        List<String> pairs = new ArrayList<>(List.of(good.split("&")));
        for (int i = random.nextInt(3); i > 0 && !pairs.isEmpty(); i--) {
            int at = random.nextInt(pairs.size());
            String pair = pairs.get(at);
            switch (random.nextInt(4)) {
                case 0 -> pairs.remove(at);
                case 1 -> pairs.add(pair);
                case 2 -> pairs.set(at, pair.split("=", 2)[0] + "=" + URLEncoder.encode(one(VALUES), UTF_8));
                default -> pairs.add(one(NAMES) + "=" + URLEncoder.encode(one(VALUES), UTF_8));
            }
        }
        return String.join("&", pairs);
    }

    private HttpRequest nearlyGood(int port, String path) {
        boolean get = PAGES.contains(path) ? once(3) : once(8);
        String form = changed(path);
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + path + (get && !form.isEmpty() ? "?" + form : "")))
                .method(get ? "GET" : "POST", BodyPublishers.ofString(get ? "" : form))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", "symbolon=" + cookie);
        if (!path.startsWith("/door/")) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString("1_aaa:bbb".getBytes(UTF_8)));
        }
        return request.build();
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
        assertFalse(
                INSIDE.matcher(MADE_UP.matcher(response.body()).replaceAll("")).find(), about);
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() < 400) {
            reached.add(request.uri().getPath());
        }
        boolean empty = response.body().isEmpty();
        boolean ofEndpoint = json ? type.startsWith("application/json") : type.startsWith("text/html");
        assertTrue(empty || ofEndpoint || Set.of(400, 405, 413, 414, 415, 431).contains(response.statusCode()), about);
    }

    @Test
    void whatever_is_sent_the_answer_is_of_the_endpoints_kind_and_tells_nothing_of_the_inside() throws Exception {
        try (TestService service = TestService.start(directory, "compat.fos", "true", "limits.failures", "0")) {
            service.run("door create app --client 1_aaa");
            service.run("client update 1_aaa --compat-fos");
            var visitor = new Visitor(service);
            formToken = visitor.authorize().hidden().get("form_token");
            cookie = visitor.cookie();
            refreshToken = service.login("alice").refresh();
            for (int i = Integer.getInteger("test.requests", 1_500); i > 0; i--) {
                boolean json = !once(3);
                String path = one(json ? JSON : PAGES);
                HttpRequest request = once(2) ? nearlyGood(service.port(), path) : request(service.port(), path);
                try {
                    check(request, http.send(request, BodyHandlers.ofString()), json);
                } catch (IOException e) { // a long URL is refused, and maybe reset, while the body is still sent
                    assertTrue(request.uri().toString().length() > 8_000, () -> request + " " + e);
                }
            }
            service.login("alice");
            assertEquals(
                    Stream.concat(JSON.stream(), PAGES.stream()).collect(toSet()), reached, "what was let through");
        }
    }
}
