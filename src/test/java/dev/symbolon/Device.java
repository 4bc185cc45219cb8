package dev.symbolon;

import static dev.symbolon.TestService.json;
import static dev.symbolon.TestService.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;

/** A device of the tutorial's client that waits for its user. */
public record Device(TestService service, String code, String userCode) {
    public static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /** The device's first request; {@code parameters} are pairs of name and value. */
    public static Response request(TestService service, String... parameters) {
        return post("/oauth/v2/device_authorization", service.as("1_aaa", "bbb"), parameters);
    }

    /** As {@link #request}, which has to be answered. */
    public static Device begin(TestService service, String... parameters) {
        JsonNode json = json(request(service, parameters));
        return new Device(
                service,
                json.get("device_code").textValue(),
                json.get("user_code").textValue());
    }

    public Response poll() {
        return service.token("grant_type", GRANT, "device_code", code);
    }
}
