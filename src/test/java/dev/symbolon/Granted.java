package dev.symbolon;

import io.restassured.response.Response;

/** A successful answer of the token endpoint; {@code refresh} is null if there was none. */
public record Granted(String access, String refresh, int expiresIn, String scope) {
    public static Granted by(Response response) {
        var json = response.then().statusCode(200).extract().jsonPath();
        return new Granted(
                json.getString("access_token"),
                json.getString("refresh_token"),
                json.getInt("expires_in"),
                json.getString("scope"));
    }
}
