package dev.symbolon.metadata;

import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** RFC 8414 section 2, RFC 8628 section 4 and RFC 9207 section 3. */
public record Metadata(
        String issuer,
        String authorizationEndpoint,
        String tokenEndpoint,
        String introspectionEndpoint,
        String revocationEndpoint,
        String deviceAuthorizationEndpoint,
        List<String> responseTypesSupported,
        List<String> responseModesSupported,
        List<String> grantTypesSupported,
        List<String> codeChallengeMethodsSupported,
        boolean authorizationResponseIssParameterSupported,
        List<String> tokenEndpointAuthMethodsSupported,
        List<String> introspectionEndpointAuthMethodsSupported,
        List<String> revocationEndpointAuthMethodsSupported) {

    private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";
    private static final List<String> CONFIDENTIAL = List.of("client_secret_basic", "client_secret_post");
    private static final List<String> ANY = List.of("client_secret_basic", "client_secret_post", "none");

    private static Metadata of(String issuer, List<String> grantTypes) {
        return new Metadata(
                issuer,
                issuer + "/oauth/v2/auth",
                issuer + "/oauth/v2/token",
                issuer + "/oauth/v2/introspect",
                issuer + "/oauth/v2/revoke",
                issuer + "/oauth/v2/device_authorization",
                List.of("code"),
                List.of("query", "form_post"),
                grantTypes,
                List.of("S256"),
                true,
                ANY,
                CONFIDENTIAL,
                ANY);
    }

    /** Where the document is found: an issuer's path comes after the well-known one (RFC 8414 section 3). */
    public static String path(@Nullable String issuer) {
        return issuer == null ? WELL_KNOWN : WELL_KNOWN + URI.create(issuer).getRawPath();
    }

    /** {@code GET /.well-known/oauth-authorization-server}. */
    public record Endpoint(Supplier<String> issuer, List<String> grantTypes) {
        public void handle(Context ctx) {
            ctx.json(Metadata.of(issuer.get(), grantTypes));
        }
    }
}
