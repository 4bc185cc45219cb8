package dev.symbolon.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.symbolon.CapturedLog;
import dev.symbolon.TestService;
import dev.symbolon.http.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** HTTPS from PEM files as OpenSSL writes them. */
@Tag("h2")
class TlsTest {
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    @TempDir
    Path directory;

    @Test
    void it_speaks_http_2_over_tls_1_3_under_an_https_issuer() throws Exception {
        rsa("a");
        try (TestService service = start("a")) {
            HttpResponse<String> answer = get(client("a", "TLSv1.3"), service, METADATA);
            assertEquals(200, answer.statusCode());
            assertEquals(HttpClient.Version.HTTP_2, answer.version());
            assertEquals("TLSv1.3", answer.sslSession().orElseThrow().getProtocol());
            assertTrue(answer.body().contains("\"issuer\":\"https://localhost:" + service.port() + "\""));
        }
    }

    @Test
    void it_speaks_tls_1_2_with_forward_secrecy_and_authenticated_encryption_and_no_older_one() throws Exception {
        rsa("a");
        try (TestService service = start("a")) {
            String suite = get(client("a", "TLSv1.2"), service, METADATA)
                    .sslSession()
                    .orElseThrow()
                    .getCipherSuite();
            assertTrue(suite.matches("TLS_ECDHE_RSA_WITH_(AES_..._GCM|CHACHA20_POLY1305)_SHA...+"), suite);
            for (String refused :
                    List.of("-tls1_1", "-tls1_2 -cipher AES128-GCM-SHA256", "-tls1_2 -cipher ECDHE-RSA-AES128-SHA")) {
                String words = "s_client -connect localhost:" + service.port() + " " + refused + ":@SECLEVEL=0";
                words = refused.contains("cipher") ? words : words.replace(":@SECLEVEL=0", " -cipher ALL:@SECLEVEL=0");
                assertFalse(0 == openssl(words), refused);
            }
            assertEquals(0, openssl("s_client -connect localhost:" + service.port() + " -tls1_2"));
        }
    }

    @Test
    void pages_have_secure_cookies_and_hsts() throws Exception {
        rsa("a");
        try (TestService service = start("a")) {
            HttpResponse<String> page = get(client("a", "TLSv1.3"), service, "/account");
            assertTrue(page.headers().firstValue("Set-Cookie").orElseThrow().matches("__Host-symbolon=.*; Secure"));
            assertEquals(
                    "max-age=31536000",
                    page.headers().firstValue("Strict-Transport-Security").orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem",
                "genrsa -traditional -out key.pem 2048",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
                "ecparam -name prime256v1 -genkey -noout -out key.pem",
                "ecparam -name secp384r1 -genkey -out key.pem",
            })
    void any_form_in_which_keys_are_kept_will_do(String command) throws Exception {
        assertEquals(0, openssl(command));
        certify("key", "key");
        try (TestService service = start("key")) {
            assertEquals(200, get(client("key", "TLSv1.3"), service, METADATA).statusCode());
        }
    }

    @Test
    void changed_files_are_taken_while_it_runs_and_bad_ones_are_not() throws Exception {
        rsa("a");
        rsa("b");
        copy("a", "live");
        CapturedLog log = listen();
        try (TestService service = start("live")) {
            assertEquals(200, get(client("a", "TLSv1.3"), service, METADATA).statusCode());
            Files.writeString(directory.resolve("live.crt"), "no certificate");
            copy("b", "next");
            Path key = directory.resolve("live.pem");
            Files.move(directory.resolve("next.pem"), key, StandardCopyOption.REPLACE_EXISTING);
            awaitRefusal(log);
            assertEquals(
                    200, get(client("a", "TLSv1.3"), service, METADATA).statusCode(), "the old one, while half is new");
            Files.move(
                    directory.resolve("next.crt"), directory.resolve("live.crt"), StandardCopyOption.REPLACE_EXISTING);
            awaitCertificate(service, "b");
            assertThrows(SSLException.class, () -> get(client("a", "TLSv1.3"), service, METADATA));
            Files.writeString(key, "no key");
            awaitRefusal(log);
            assertEquals(200, get(client("b", "TLSv1.3"), service, METADATA).statusCode());
        }
    }

    @Test
    void what_cannot_be_used_stops_the_start_in_words_that_name_the_setting() throws Exception {
        rsa("a");
        rsa("b");
        Files.copy(directory.resolve("b.pem"), directory.resolve("mixed.pem"));
        Files.copy(directory.resolve("a.crt"), directory.resolve("mixed.crt"));
        assertEquals("http.tls: http.tls.private-key does not belong to http.tls.certificate", refusal("mixed"));
        Files.writeString(directory.resolve("mixed.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertTrue(refusal("mixed").contains("http.tls.private-key is no readable file"));
        assertTrue(refusal("missing").contains("http.tls.certificate is no readable file"));
    }

    private String refusal(String name) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> start(name)).getMessage());
    }

    private void awaitCertificate(TestService service, String name) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                assertEquals(
                        200, get(client(name, "TLSv1.3"), service, METADATA).statusCode());
                return;
            } catch (SSLException e) {
                assertTrue(System.nanoTime() < deadline, "the new certificate was never taken");
            }
        }
    }

    private static CapturedLog listen() {
        var log = new CapturedLog();
        log.start();
        ((Logger) LoggerFactory.getLogger(Tls.class)).addAppender(log);
        return log;
    }

    /** Until what was written since has been looked at, and found to be no good. */
    private static void awaitRefusal(CapturedLog log) {
        log.list.clear();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!hasError(log)) {
            assertTrue(System.nanoTime() < deadline, "the bad files were never looked at");
            Thread.yield();
        }
    }

    private static boolean hasError(CapturedLog log) {
        synchronized (log) { // as it does when it appends
            return log.list.stream().anyMatch(event -> event.getLevel() == Level.ERROR);
        }
    }

    private TestService start(String name) {
        return TestService.empty(
                directory.resolve("service"),
                "http.tls.certificate",
                directory.resolve(name + ".crt").toString(),
                "http.tls.private-key",
                directory.resolve(name + ".pem").toString());
    }

    private void rsa(String name) throws Exception {
        assertEquals(0, openssl("genrsa -out " + name + ".pem 2048"));
        certify(name, name);
    }

    private void certify(String key, String name) throws Exception {
        assertEquals(
                0,
                openssl("req -x509 -key " + key + ".pem -out " + name
                        + ".crt -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"));
    }

    private void copy(String from, String to) throws IOException {
        for (String ending : List.of(".crt", ".pem")) {
            Files.copy(directory.resolve(from + ending), directory.resolve(to + ending));
        }
    }

    private int openssl(String words) throws IOException, InterruptedException {
        var command = new ProcessBuilder("openssl");
        command.command().addAll(Arrays.asList(words.split(" ")));
        Process process = command.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.log").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    /** Trusts that certificate alone, and speaks that version. */
    private HttpClient client(String name, String version) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var in = Files.newInputStream(directory.resolve(name + ".crt"))) {
            trusted.setCertificateEntry("it", (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, TestService service, String path) throws Exception {
        URI uri = URI.create("https://localhost:" + service.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
