package dev.symbolon.metadata;

import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symbolon.Granted;
import dev.symbolon.Refusals;
import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 8414, seen from outside. */
class MetadataTest {
    private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";
    private static final List<String> CONFIDENTIAL = List.of("client_secret_basic", "client_secret_post");
    private static final List<String> ANY = List.of("client_secret_basic", "client_secret_post", "none");

    @TempDir
    Path directory;

    @Test
    void the_document_lists_exactly_what_works() {
        try (TestService service = TestService.empty(directory)) {
            String issuer = "http://localhost:" + service.port();
            Response response = get(service, WELL_KNOWN);
            assertEquals(200, response.statusCode());
            assertEquals("application/json", response.header("Content-Type"));
            assertEquals(
                    Map.ofEntries(
                            entry("issuer", issuer),
                            entry("authorization_endpoint", issuer + "/oauth/v2/auth"),
                            entry("token_endpoint", issuer + "/oauth/v2/token"),
                            entry("introspection_endpoint", issuer + "/oauth/v2/introspect"),
                            entry("revocation_endpoint", issuer + "/oauth/v2/revoke"),
                            entry("device_authorization_endpoint", issuer + "/oauth/v2/device_authorization"),
                            entry("response_types_supported", List.of("code")),
                            entry("response_modes_supported", List.of("query", "form_post")),
                            entry(
                                    "grant_types_supported",
                                    List.of(
                                            "client_credentials",
                                            "password",
                                            "refresh_token",
                                            "authorization_code",
                                            "urn:ietf:params:oauth:grant-type:device_code")),
                            entry("code_challenge_methods_supported", List.of("S256")),
                            entry("authorization_response_iss_parameter_supported", true),
                            entry("token_endpoint_auth_methods_supported", ANY),
                            entry("introspection_endpoint_auth_methods_supported", CONFIDENTIAL),
                            entry("revocation_endpoint_auth_methods_supported", ANY)),
                    response.jsonPath().getMap("$"));
        }
    }

    @Test
    void a_configured_issuer_is_taken_as_it_is_here_and_at_introspection() {
        try (TestService service = TestService.start(directory, "issuer", "https://id.example.com")) {
            Response document = get(service, WELL_KNOWN);
            assertEquals("https://id.example.com", document.path("issuer"));
            assertEquals("https://id.example.com/oauth/v2/token", document.path("token_endpoint"));
            String token = Granted.by(service.token("grant_type", "client_credentials"))
                    .access();
            assertEquals("https://id.example.com", service.introspect(token).path("iss"));
        }
    }

    @Test
    void an_issuer_with_a_path_has_its_document_behind_the_well_known_path() {
        String issuer = "https://example.com/auth/tenant-1";
        try (TestService service = TestService.empty(directory, "issuer", issuer)) {
            Response document = get(service, WELL_KNOWN + "/auth/tenant-1");
            assertEquals(200, document.statusCode());
            assertEquals(issuer, document.path("issuer"));
            assertEquals(issuer + "/oauth/v2/revoke", document.path("revocation_endpoint"));
            Refusals.refused(get(service, WELL_KNOWN + "/auth/tenant-2"), 404, "invalid_request");
        }
    }

    private static Response get(TestService service, String path) {
        return given().port(service.port()).get(path);
    }
}
