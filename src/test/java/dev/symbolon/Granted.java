package dev.symbolon;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;

/** A successful answer of the token endpoint; {@code refresh} is null if there was none. */
public record Granted(String access, String refresh, int expiresIn, String scope) {
    public static Granted by(Response response) {
        JsonNode json = TestService.json(response);
        return new Granted(
                json.get("access_token").textValue(),
                json.path("refresh_token").textValue(),
                json.get("expires_in").intValue(),
                json.get("scope").textValue());
    }
}
