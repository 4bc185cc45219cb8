package dev.symbolon.authorize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser got. */
public record Seen(int status, HttpHeaders headers, String body) {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    private static final Pattern ACTION = Pattern.compile(" action=\"([^\"]*)\"");
    private static final Pattern TITLE = Pattern.compile("<h1>(.*)</h1>");

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public String location() {
        return header("Location");
    }

    public String title() {
        Matcher title = TITLE.matcher(body);
        return title.find() ? title.group(1) : "";
    }

    /** Where its forms go; all of a page go to the same place. */
    String action() {
        Matcher action = ACTION.matcher(body);
        return action.find() ? action.group(1) : "auth";
    }

    /** The hidden fields of its forms. */
    public Map<String, String> hidden() {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = HIDDEN.matcher(body);
        while (field.find()) {
            fields.put(text(field.group(1)), text(field.group(2)));
        }
        return fields;
    }

    /** What its first form sends without being filled in, repeated fields too. */
    String form() {
        Matcher field = HIDDEN.matcher(body.substring(body.indexOf("<form"), body.indexOf("</form>")));
        return field.results()
                .map(found -> found.group(1) + "=" + URLEncoder.encode(text(found.group(2)), UTF_8))
                .collect(joining("&"));
    }

    private static String text(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** The parameters of a redirect to the tutorial's client, which it has to be. */
    public Map<String, String> answer() {
        return answer(Visitor.CALLBACK);
    }

    Map<String, String> answer(String redirectUri) {
        assertEquals(303, status, body);
        assertTrue(location().startsWith(redirectUri + "?"), location());
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : location().substring(redirectUri.length() + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            assertEquals(null, parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8)), location());
        }
        return parameters;
    }
}
