package dev.symbolon.token;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static dev.symbolon.TestService.post;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.symbolon.Granted;
import dev.symbolon.TestService;
import dev.symbolon.authorize.Visitor;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Old clients of FOSOAuthServerBundle get the answers of old, and nobody else does. */
@Isolated("it listens to a logger of all")
class FosWireTest {
    private static final String LOGIN = "grant_type=password&username=alice&password=alice-password";

    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() {
        service = TestService.start(directory, "compat.fos", "true");
        service.run(
                "client create --id old --secret o+d%6C --name Old --compat-fos --policy allow-all --scope read,write"
                        + " --grant password,refresh_token,client_credentials");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Response old(String body) {
        return service.raw("client_id=old&client_secret=o%2Bd%256C&" + body);
    }

    private Response get(String query) {
        return service.form().urlEncodingEnabled(false).get("/oauth/v2/token?" + query);
    }

    private static void refusedAsOfOld(Response response, String error, String description) {
        assertEquals(400, response.statusCode());
        assertFalse(response.headers().hasHeaderWithName("WWW-Authenticate"));
        assertEquals("application/json", response.header("Content-Type"));
        assertEquals("no-store", response.header("Cache-Control"));
        String words = description == null ? "null" : '"' + description.replace("\"", "\\\"") + '"';
        assertEquals("{\"error\":\"" + error + "\",\"error_description\":" + words + "}", response.asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                              | invalid_request | Invalid grant_type parameter or parameter missing",
                "grant_type=token                                | invalid_request | Invalid grant_type parameter or parameter missing",
                "grant_type=nonsense                             | invalid_request | Invalid grant_type parameter or parameter missing",
                "grant_type=password&username=alice              | invalid_request | Missing parameters. \"username\" and \"password\" required",
                "grant_type=password&username[]=a&password=b     | invalid_request | Missing parameters. \"username\" and \"password\" required",
                "grant_type=password&username=alice&password=x   | invalid_grant | Invalid username and password combination",
                "grant_type=password&username=nobody&password=x  | invalid_grant | Invalid username and password combination",
                "grant_type=refresh_token                        | invalid_request | No \"refresh_token\" parameter found",
                "grant_type=refresh_token&refresh_token=x        | invalid_grant | Invalid refresh token",
                "grant_type=authorization_code                   | unauthorized_client | The grant type is unauthorized for this client_id",
                "grant_type=client_credentials&scope=admin       | invalid_scope | An unsupported scope was requested.",
                "grant_type=urn:example:x                        | unsupported_grant_type | ",
                "grant_type=https://example.com/x                | unsupported_grant_type | ",
            })
    void refusals_are_in_the_words_of_old(String body, String error, String description) {
        refusedAsOfOld(old(body), error, description);
        refusedAsOfOld(get("client_id=old&client_secret=o%2Bd%256C&" + body), error, description);
    }

    @Test
    void a_client_that_is_not_itself_is_told_so_with_400() {
        refusedAsOfOld(
                service.raw("client_id=old&client_secret=wrong&" + LOGIN),
                "invalid_client",
                "The client credentials are invalid");
        refusedAsOfOld(service.raw("client_id=old&" + LOGIN), "invalid_client", "The client credentials are invalid");
        refusedAsOfOld(
                service.raw("client_id=old&grant_type=client_credentials"),
                "invalid_client",
                "The client_secret is mandatory for the \"client_credentials\" grant type");
        refusedAsOfOld(
                service.raw("client_id=old&client_secret=wrong&grant_type=password&username=nobody"),
                "invalid_client",
                "The client credentials are invalid");
        service.run("client disable old");
        refusedAsOfOld(old(LOGIN), "invalid_client", "The client credentials are invalid");
    }

    @Test
    void a_refresh_token_of_another_client_or_one_that_has_expired_is_told_apart() {
        Granted own = Granted.by(old(LOGIN));
        refusedAsOfOld(
                old("grant_type=refresh_token&refresh_token="
                        + service.login("alice").refresh()),
                "invalid_grant",
                "Invalid refresh token");
        service.clock.advance(Duration.ofDays(14));
        refusedAsOfOld(
                old("grant_type=refresh_token&refresh_token=" + own.refresh()),
                "invalid_grant",
                "Refresh token has expired");
        assertEquals(
                TokenRotation.REFUSAL,
                refusedByEndpoint(service.refresh(own.refresh()), 400, "invalid_grant"),
                "another client is not told");
    }

    @Test
    void codes_are_refused_in_the_words_of_old() {
        service.run("client update 1_aaa --compat-fos --policy allow-all");
        String body = "client_id=1_aaa&client_secret=bbb&grant_type=authorization_code";
        refusedAsOfOld(service.raw(body), "invalid_request", "Missing parameter. \"code\" is required");
        refusedAsOfOld(
                service.raw(body + "&code=x"), "invalid_grant", "Code doesn't exist or is invalid for the client");
        String code = body + "&code=" + new Visitor(service).code("alice");
        refusedAsOfOld(service.raw(code), "invalid_request", "The redirect URI parameter is required.");
        refusedAsOfOld(
                service.raw(code + "&redirect_uri=" + Visitor.CALLBACK + "/x"),
                "redirect_uri_mismatch",
                "The redirect URI is missing or do not match");
        service.clock.advance(Duration.ofSeconds(60));
        refusedAsOfOld(
                service.raw(code + "&redirect_uri=" + Visitor.CALLBACK),
                "invalid_grant",
                "The authorization code has expired");
    }

    @Test
    void the_answer_has_its_members_in_the_order_of_old() {
        String token = "\"s[ar]t_[A-Za-z0-9_-]+\"";
        String body = old(LOGIN).asString();
        assertTrue(
                body.matches("\\{\"access_token\":" + token + ",\"expires_in\":3600,\"token_type\":\"bearer\","
                        + "\"scope\":\"read write\",\"refresh_token\":" + token + "}"),
                body);
        old("grant_type=client_credentials&scope=write%20read")
                .then()
                .statusCode(200)
                .body("scope", equalTo("write read"));
        service.run("client update old --scope=");
        String none = old("grant_type=client_credentials").asString();
        assertTrue(
                none.matches("\\{\"access_token\":" + token
                        + ",\"expires_in\":3600,\"token_type\":\"bearer\",\"scope\":null}"),
                none);
    }

    @Test
    void the_query_string_has_the_parameters_of_a_get_and_no_meaning_for_a_post() {
        Response response = get("client_id=old&client_secret=o%2Bd%256C&" + LOGIN);
        assertEquals("no-store", response.header("Cache-Control"));
        assertTrue(service.introspect(Granted.by(response).access()).asString().contains("\"active\":true"));
        Granted.by(service.form()
                .urlEncodingEnabled(false)
                .body("client_id=old&client_secret=o%2Bd%256C&" + LOGIN)
                .post("/oauth/v2/token?password=x&client_id=1_aaa"));
    }

    @Test
    void http_basic_is_not_urlencoded_and_goes_before_the_body() {
        String basic = Base64.getEncoder().encodeToString("old:o+d%6C".getBytes(StandardCharsets.UTF_8));
        RequestSpecification request = service.form().header("Authorization", "Basic " + basic);
        Granted.by(request.body("client_id=1_aaa&client_secret=wrong&" + LOGIN).post("/oauth/v2/token"));
    }

    @Test
    void what_they_did_not_know_is_told_as_to_everybody() {
        service.run("client update old --policy require-link");
        refusedAsOfOld(
                old("grant_type=password&username=bob&password=bob-password"),
                "invalid_grant",
                "user is not linked to this client");
        refusedByEndpoint(
                service.raw("client_id=old&client_id=old&" + LOGIN), 400, "invalid_request"); // repeated: who is it?
    }

    @Test
    void another_client_is_answered_as_ever() {
        Response get = get("client_id=1_aaa&client_secret=bbb&" + LOGIN);
        assertTrue(refusedByEndpoint(get, 405, "invalid_request").contains("by POST"));
        assertEquals("POST, OPTIONS", get.header("Allow"));
        refusedByEndpoint(get(LOGIN), 405, "invalid_request");
        refusedByEndpoint(service.raw("client_id=1_aaa&client_secret=x&" + LOGIN), 401, "invalid_client");
        refusedByEndpoint(service.raw("client_id=nobody&client_secret=x&" + LOGIN), 401, "invalid_client");
        refusedByEndpoint(service.raw(LOGIN), 401, "invalid_client");
        refusedByEndpoint(service.token("grant_type", "nonsense"), 400, "unsupported_grant_type");
        refusedByEndpoint(
                post("/oauth/v2/token?client_id=1_aaa", service.as("1_aaa", "bbb"), "grant_type", "client_credentials"),
                400,
                "invalid_request");
        refusedByEndpoint(
                post("/oauth/v2/token", service.as("1_aaa", "bbb"), "client_secret", "bbb"), 400, "invalid_request");
        service.login("alice");
    }

    @Test
    void without_the_key_nobody_is_answered_so() {
        service = service.restart("compat.fos", "false");
        refusedByEndpoint(service.raw("client_id=old&client_secret=x&" + LOGIN), 401, "invalid_client");
        Response get = get("client_id=old&client_secret=o%2Bd%256C&" + LOGIN);
        assertEquals(405, get.statusCode());
        assertEquals("POST, OPTIONS", get.header("Allow"));
        assertTrue(old(LOGIN).asString().contains("\"token_type\":\"bearer\",\"expires_in\""));
    }

    @Test
    void the_log_is_told_once_of_each_such_client() {
        Logger logger = (Logger) LoggerFactory.getLogger(FosTokenEndpoint.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        try {
            get("client_id=old&client_secret=o%2Bd%256C&" + LOGIN);
            old(LOGIN);
            service.login("alice");
        } finally {
            logger.detachAppender(log);
        }
        assertEquals(1, log.list.size(), log.list::toString);
        assertTrue(log.list.get(0).getFormattedMessage().startsWith("client old is answered as FOSOAuthServerBundle"));
    }
}
