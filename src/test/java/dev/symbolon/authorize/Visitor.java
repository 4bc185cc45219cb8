package dev.symbolon.authorize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.symbolon.TestService;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A person with a browser, as far as HTTP goes: cookies are kept, forms are filled in, redirects are looked at. */
public final class Visitor {
    public static final String CALLBACK = "http://127.0.0.1:3000/callback";
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /** One for all, since it takes longer to make than a request does. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestService service;
    private final String language;
    private final CookieManager cookies = new CookieManager();

    public Visitor(TestService service) {
        this(service, "en");
    }

    /** @param language as Accept-Language has it */
    public Visitor(TestService service, String language) {
        this.service = service;
        this.language = language;
    }

    /** The tutorial's client sends its user; {@code changes} are pairs of name and value, where null leaves out. */
    public Seen authorize(String... changes) {
        return get("/oauth/v2/auth?" + encode(request(changes)));
    }

    static Map<String, String> request(String... changes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", "1_aaa");
        parameters.put("redirect_uri", CALLBACK);
        parameters.put("state", "xyz");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        for (int i = 0; i < changes.length; i += 2) {
            parameters.put(changes[i], changes[i + 1]);
        }
        parameters.values().removeIf(value -> value == null);
        return parameters;
    }

    /** Logs in on the page and goes on to where it leads. */
    public Seen logIn(Seen login, String user) {
        return follow(submit(login, "login", "username", user, "password", user + "-password"));
    }

    /** Gets it wrong. */
    public void wrongLogin(String user, String password) {
        submit(authorize(), "login", "username", user, "password", password);
    }

    /** What the forms of a page carry now. */
    public String formToken() {
        return authorize("prompt", "login").hidden().get("form_token");
    }

    /** All the way to the code, which has to be given. */
    public String code(String user, String... changes) {
        Seen seen = logIn(authorize(changes), user);
        return (seen.status() == 200 ? submit(seen, "allow") : seen).answer().get("code");
    }

    /** Fills in the form of a page and presses the button of that step. */
    public Seen submit(Seen page, String step, String... fields) {
        Map<String, String> form = new LinkedHashMap<>(page.hidden());
        form.put("step", step);
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return post(place(page.action()), form);
    }

    public Seen post(String path, Map<String, String> form) {
        return post(path, encode(form));
    }

    Seen post(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    public Seen get(String path) {
        return send(request(path).GET());
    }

    /** As {@link #get}, led there from a page of that site, as browsers call it. */
    public Seen getFrom(String site, String path) {
        return send(request(path).header("Sec-Fetch-Site", site).GET());
    }

    /** Goes where a redirect to this service leads. */
    public Seen follow(Seen redirect) {
        String to = redirect.location();
        boolean here = redirect.status() == 303 && (to.startsWith("auth?") || to.startsWith("device?"));
        return here ? get(place(to)) : redirect;
    }

    private static String place(String relative) {
        return (relative.startsWith("auth") ? "/oauth/v2/" : "/") + relative;
    }

    /** Types what a device shows. */
    public Seen enter(String userCode) {
        return follow(submit(get("/device"), "enter", "user_code", userCode));
    }

    /** Types what a device shows, and logs in. */
    public Seen enter(String userCode, String user) {
        return logIn(enter(userCode), user);
    }

    /** All the way to where the device may go on. */
    public Seen allow(String userCode, String user) {
        return follow(submit(enter(userCode, user), "allow"));
    }

    /** The value of the session's cookie. */
    public String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("symbolon"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    void setCookie(String value) {
        cookies.getCookieStore().removeAll();
        keep(new HttpCookie("symbolon", value));
    }

    private void keep(HttpCookie cookie) {
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create("http://127.0.0.1/"), cookie);
    }

    private HttpRequest.Builder request(String path) {
        var uri = URI.create("http://127.0.0.1:" + service.port() + path);
        var request =
                HttpRequest.newBuilder(uri).header("Accept", "text/html,*/*").header("Accept-Language", language);
        String sent = cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return sent.isEmpty() ? request : request.header("Cookie", sent);
    }

    private Seen send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString(UTF_8));
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Seen(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        HttpCookie.parse(header).forEach(this::keep);
    }

    static String encode(Map<String, String> parameters) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, UTF_8)));
        return String.join("&", pairs);
    }
}
