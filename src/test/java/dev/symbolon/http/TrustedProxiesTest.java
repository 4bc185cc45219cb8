package dev.symbolon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import dev.symbolon.CapturedLog;
import dev.symbolon.TestService;
import dev.symbolon.policy.UnsteadyPolicy;
import dev.symbolon.policy.spi.Decision;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Where a request comes from, as the policy is told. */
class TrustedProxiesTest {
    @TempDir
    Path directory;

    private int databases;

    @AfterEach
    void forget() {
        UnsteadyPolicy.allow();
    }

    private String address(String trusted, String... headers) {
        List<String> addresses = new ArrayList<>();
        UnsteadyPolicy.answer = request -> {
            addresses.add(request.address());
            return new Decision.Allow(request.scopes());
        };
        Path database = directory.resolve("db" + databases++);
        try (var service = TestService.start(database, "policy.type", "unsteady", "http.trusted-proxies", trusted)) {
            RequestSpecification request = service.as("1_aaa", "bbb");
            for (String header : headers) {
                String[] parts = header.split(": ", 2);
                request.header(parts[0], parts[1]);
            }
            TestService.post("/oauth/v2/token", request, "grant_type", "client_credentials");
        }
        return addresses.get(0);
    }

    @Test
    void nobody_is_believed_unless_it_is_configured() {
        String[] headers = {"X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7"};
        assertEquals("127.0.0.1", address("", headers));
        assertEquals("127.0.0.1", address("10.0.0.0/8, ::1", headers));
    }

    @Test
    void a_proxy_that_nobody_has_named_is_warned_of_once() {
        var log = new CapturedLog();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(TrustedProxies.class);
        logger.addAppender(log);
        try (var service = TestService.start(directory)) {
            for (int i = 0; i < 2; i++) {
                service.as("1_aaa", "bbb")
                        .header("X-Forwarded-For", "192.0.2.7")
                        .get("/device");
            }
        } finally {
            logger.detachAppender(log);
        }
        assertEquals(1, log.list.size());
        assertTrue(log.list.get(0).getFormattedMessage().startsWith("127.0.0.1 sends X-Forwarded-For"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            X-Forwarded-For: 192.0.2.7                                   | 192.0.2.7
            X-Forwarded-For: 192.0.2.7:1234                              | 192.0.2.7
            X-Forwarded-For: 2001:db8::7                                 | 2001:db8:0:0:0:0:0:7
            X-Forwarded-For: [2001:db8::7]:1234                          | 2001:db8:0:0:0:0:0:7
            X-Forwarded-For: ::ffff:192.0.2.7                            | 192.0.2.7
            Forwarded: for=192.0.2.7;proto=https;host=evil.example.com   | 192.0.2.7
            Forwarded: proto=https; For="[2001:db8::7]:4711"             | 2001:db8:0:0:0:0:0:7
            """)
    void the_address_that_a_trusted_proxy_tells_is_that_of_the_request(String header, String address) {
        assertEquals(address, address("127.0.0.0/8", header));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.2.3                | 192.0.2.7
            X-Forwarded-For: 6.6.6.6, unknown, 10.1.2.3                  | 10.1.2.3
            X-Forwarded-For: 10.9.9.9, 10.1.2.3                          | 10.9.9.9
            Forwarded: for=6.6.6.6, for=192.0.2.7;by=10.1.2.3, for=10.1.2.3;by="a,for=6.6.6.6" | 192.0.2.7
            Forwarded: for=192.0.2.7, for=_hidden                        | 127.0.0.1
            """)
    void it_is_the_last_one_that_is_no_trusted_proxy_and_what_the_client_wrote_before_counts_for_nothing(
            String header, String address) {
        assertEquals(address, address("127.0.0.1, 10.0.0.0/8", header));
    }

    @ParameterizedTest
    @CsvSource({"localhost", "999.1.1.1", "1.2.3", "example.com:80", "[::1", "<script>", "1.2.3.4.5"})
    void what_is_no_address_is_not_looked_up_and_leaves_the_proxy_s(String node) {
        assertEquals("127.0.0.1", address("127.0.0.1", "X-Forwarded-For: 192.0.2.7, " + node));
    }

    @Test
    void of_two_headers_that_differ_neither_is_believed_since_the_client_may_have_written_one() {
        assertEquals("127.0.0.1", address("127.0.0.1", "X-Forwarded-For: 192.0.2.7", "Forwarded: for=6.6.6.6"));
        assertEquals("192.0.2.7", address("127.0.0.1", "X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7"));
    }

    @Test
    void a_header_that_is_sent_twice_is_one_list() {
        assertEquals("192.0.2.7", address("127.0.0.1", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 192.0.2.7"));
    }
}
