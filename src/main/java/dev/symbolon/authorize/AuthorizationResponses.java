package dev.symbolon.authorize;

import dev.symbolon.page.FormPostPage;
import dev.symbolon.page.FormTarget;
import dev.symbolon.page.Frame;
import dev.symbolon.page.Pages;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends the user back to the client, with a code or an error, the {@code state} as it came and the issuer (RFC 6749
 * section 4.1.2, RFC 9207).
 */
record AuthorizationResponses(Pages pages, Supplier<String> issuer) {
    void code(Context ctx, AuthorizationRequest request, String code) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", code);
        send(ctx, request, parameters);
    }

    void error(Context ctx, AuthorizationRequest request, AuthorizationError error) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error.code());
        parameters.put("error_description", error.description());
        send(ctx, request, parameters);
    }

    private void send(Context ctx, AuthorizationRequest request, Map<String, String> parameters) {
        if (request.state() != null) {
            parameters.put("state", request.state());
        }
        parameters.put("iss", issuer.get());
        String uri = request.redirectUri();
        if (request.formPost()) {
            var page = new FormPostPage(Frame.of(ctx), request.client().name(), uri, parameters);
            pages.show(ctx, 200, page, FormTarget.of(uri));
        } else {
            pages.redirect(
                    ctx, uri + (uri.contains("?") ? "&" : "?") + AuthorizationRequest.encode(parameters.entrySet()));
        }
    }
}
