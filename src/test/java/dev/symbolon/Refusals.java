package dev.symbolon;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.restassured.response.Response;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What every refusal of ours has in common (RFC 6749 section 5.2). */
public final class Refusals {
    private static final Pattern INSIDE =
            Pattern.compile("(?i)exception|\\bat [a-z]+\\.|dev\\.|java|jetty|jdbc|sql|select |insert ");

    private Refusals() {}

    /** @return the description, which has to be there and to say nothing of the inside */
    public static String refused(Response response, int status, String error) {
        response.then()
                .statusCode(status)
                .contentType(equalTo("application/json"))
                .header("Cache-Control", "no-store")
                .header("Server", nullValue())
                .header("Retry-After", status == 503 ? equalTo("1") : nullValue())
                .header("WWW-Authenticate", anyOf(nullValue(), matchesRegex("Basic .*")))
                .body("error", equalTo(error))
                .body("error_description", matchesRegex("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+"));
        Map<String, Object> members = response.jsonPath().getMap("$");
        assertEquals(Set.of("error", "error_description"), members.keySet());
        assertEquals(status == 401, response.header("WWW-Authenticate") != null);
        assertFalse(INSIDE.matcher(response.asString()).find(), response.asString());
        return response.path("error_description");
    }

    /** A refusal by an endpoint itself, which old caches are told about as well. */
    public static String refusedByEndpoint(Response response, int status, String error) {
        response.then().header("Pragma", "no-cache");
        return refused(response, status, error);
    }
}
