package dev.symbolon.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 of a listener, with forward secrecy and authenticated encryption only (RFC 9325), and HTTP/2 for those
 * who ask for it. The certificate may change while it runs.
 */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256)"
    };

    private final Path certificate;
    private final Path privateKey;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private Pem seen;

    /**
     * @param certificate the chain in PEM, the service's own first
     * @param privateKey its private key in PEM
     * @throws IllegalArgumentException if they cannot be used; the message says why, and nothing of the key
     */
    public Tls(Path certificate, Path privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        context.setIncludeProtocols(PROTOCOLS);
        context.setExcludeCipherSuites();
        context.setIncludeCipherSuites(SUITES);
        context.setRenegotiationAllowed(false);
        context.setSniRequired(false);
        seen = read();
        try {
            context.setKeyStore(seen.keyStore());
            context.setKeyStorePassword("");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("http.tls: " + e.getMessage(), e);
        }
    }

    Connector connector(Server server, HttpConfiguration shared, String host, int port) {
        var http = new HttpConfiguration(shared);
        http.addCustomizer(new SecureRequestCustomizer(false)); // any host name: a proxy or a load balancer has its own
        var alpn = new ALPNServerConnectionFactory();
        var http1 = new HttpConnectionFactory(http);
        alpn.setDefaultProtocol(http1.getProtocol());
        var connector = new ServerConnector(
                server,
                new SslConnectionFactory(context, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(http),
                http1);
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    /**
     * Takes the files if they have changed, for new connections; keeps the old ones if they cannot be used, and says so
     * once. To be called by one thread from time to time.
     */
    public void reload() {
        Pem changed = read();
        if (changed.equals(seen)) {
            return;
        }
        seen = changed;
        try {
            KeyStore keys = changed.keyStore();
            context.reload(factory -> factory.setKeyStore(keys));
            LOG.info("the TLS certificate has been reloaded");
        } catch (Exception e) { // the library declares no less
            LOG.error("TLS goes on with the old certificate: {}", e.getMessage());
        }
    }

    /** Files that cannot be read are as empty ones, which cannot be used. */
    private Pem read() {
        return new Pem(text(certificate), text(privateKey));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
