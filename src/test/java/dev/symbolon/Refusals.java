package dev.symbolon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.http.Json;
import io.restassured.response.Response;
import java.util.regex.Pattern;

/** What every refusal of ours has in common (RFC 6749 section 5.2). */
public final class Refusals {
    private static final Pattern INSIDE =
            Pattern.compile("(?i)exception|\\bat [a-z]+\\.|dev\\.|java|jetty|jdbc|sql|select |insert ");

    private Refusals() {}

    /** @return the description, which has to be there and to say nothing of the inside */
    public static String refused(Response response, int status, String error) {
        String body = response.asString();
        assertEquals(status, response.statusCode(), body);
        assertEquals("application/json", response.header("Content-Type"));
        assertEquals("no-store", response.header("Cache-Control"));
        assertFalse(response.headers().hasHeaderWithName("Server"));
        assertEquals(status == 503 || status == 429, response.headers().hasHeaderWithName("Retry-After"));
        assertEquals(
                status == 401,
                String.valueOf(response.header("WWW-Authenticate")).startsWith("Basic "));
        assertFalse(INSIDE.matcher(body).find(), body);
        JsonNode json = parse(body);
        String description = json.path("error_description").asText();
        assertEquals(error, json.path("error").asText(), body);
        assertEquals(2, json.size(), body);
        assertTrue(description.matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+"), body);
        return description;
    }

    /** A refusal by an endpoint itself, which old caches are told about as well. */
    public static String refusedByEndpoint(Response response, int status, String error) {
        assertEquals("no-cache", response.header("Pragma"));
        return refused(response, status, error);
    }

    private static JsonNode parse(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }
}
