package dev.symbolon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.TestService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who takes their time over a request does not take others'. */
class SlowClientsTest {
    private static final String FORM = "grant_type=client_credentials&client_id=1_aaa&client_secret=bbb";

    /** More than there are threads before Java 21. */
    private static final int MANY = 400;

    @TempDir
    Path directory;

    private TestService service;
    private final List<Socket> connections = new ArrayList<>();

    @BeforeEach
    void start() {
        service = TestService.start(directory);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /oauth/v2/token HTTP/1.1\r\nHost: lo", "headers", "headers+grant_type="})
    void many_requests_that_are_never_finished_keep_nobody_out(String begun) throws Exception {
        for (int i = 0; i < MANY; i++) {
            send(open(), begun.replace("headers+", headers(1000)).replace("headers", headers(1000)));
        }
        Socket other = open();
        other.setSoTimeout(5000);
        send(other, headers(FORM.length()) + FORM);
        assertEquals("HTTP/1.1 200", new String(other.getInputStream().readNBytes(12), US_ASCII));
    }

    @Test
    void a_body_may_come_in_many_pieces() throws Exception {
        Socket connection = open();
        connection.setTcpNoDelay(true);
        send(connection, headers(FORM.length()));
        for (int i = 0; i < FORM.length(); i++) {
            send(connection, FORM.substring(i, i + 1));
        }
        assertEquals("HTTP/1.1 200", new String(connection.getInputStream().readNBytes(12), US_ASCII));
    }

    @Test
    void a_body_that_is_dripped_is_not_waited_for() throws Exception {
        Socket connection = open();
        connection.setSoTimeout(50); // at most twenty bytes a second
        send(connection, headers(1000));
        var answer = new ByteArrayOutputStream();
        for (int sent = 0; answer.size() == 0; sent++) {
            assertTrue(sent < 200, "still waited for");
            send(connection, "x");
            try {
                answer.write(connection.getInputStream().readNBytes(12));
            } catch (SocketTimeoutException e) {
                continue;
            }
        }
        assertEquals("HTTP/1.1 400", answer.toString(US_ASCII));
    }

    @Test
    @Timeout(60)
    void bodies_that_are_never_finished_are_refused_when_they_are_too_many_to_be_kept() throws Exception {
        for (int i = 0; i < 1200; i++) {
            send(open(), headers(60_000) + "x".repeat(59_999));
        }
        while (connections.stream().noneMatch(SlowClientsTest::isAnswered)) {
            Thread.onSpinWait();
        }
        Socket refused = connections.stream()
                .filter(SlowClientsTest::isAnswered)
                .findFirst()
                .orElseThrow();
        String answer = new String(refused.getInputStream().readAllBytes(), US_ASCII);
        assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
        assertTrue(answer.contains("temporarily_unavailable"), answer);
        assertTrue(answer.contains("Retry-After: "), answer);
        Socket other = open();
        send(other, headers(FORM.length()) + FORM);
        assertEquals("HTTP/1.1 200", new String(other.getInputStream().readNBytes(12), US_ASCII));
    }

    private static boolean isAnswered(Socket connection) {
        try {
            return connection.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket open() throws IOException {
        var connection = new Socket("127.0.0.1", service.port());
        connections.add(connection);
        return connection;
    }

    private static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String headers(int length) {
        return "POST /oauth/v2/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
    }
}
