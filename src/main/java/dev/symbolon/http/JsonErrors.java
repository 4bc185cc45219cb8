package dev.symbolon.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the HTTP library refuses before a request reaches us, in the words and the JSON of everything else. */
final class JsonErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        OAuthError error = error(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, error.retryAfter());
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders()
                .put(HttpHeader.CONNECTION, "close"); // it is closed after a 414, which is not said otherwise
        response.write(true, StandardCharsets.UTF_8.encode(json(error)), callback);
        return true;
    }

    private static OAuthError error(int status) {
        return switch (status) {
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> OAuthError.serverError();
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> OAuthError.unavailable("too many bodies are waited for");
            default -> OAuthError.invalidRequest(status, words(status));
        };
    }

    static String words(int status) {
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 -> "there is no endpoint at this path";
            case HttpStatus.METHOD_NOT_ALLOWED_405 ->
                "this method is not allowed here, header Allow has those that are";
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> "the request body is too large";
            case HttpStatus.URI_TOO_LONG_414 -> "the URL is too long: parameters belong in the body of a POST";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "the request headers are too large";
            default -> "the request is not valid HTTP";
        };
    }

    static String json(OAuthError error) {
        try {
            return Json.MAPPER.writeValueAsString(error.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two strings can be written as JSON", e);
        }
    }
}
