package dev.symbolon.config;

import dev.symbolon.policy.PolicyMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The whole configuration. A component's name is its key: {@code token.accessTtl} is {@code token.access-ttl}.
 * Bounds and defaults are in {@link Settings}; {@link ConfigReader} has checked them.
 *
 * @param issuer RFC 8414 issuer without a trailing slash; null to derive it from the port bound
 */
public record Config(
        @Nullable String issuer,
        Http http,
        Management management,
        Database database,
        Token token,
        Device device,
        Policy policy,
        Session session,
        Consent consent,
        Password password,
        Limits limits,
        Compat compat,
        Log log) {

    /**
     * The OAuth listener.
     *
     * @param port 0 picks a free one
     * @param shutdownTimeout how long a stop waits for requests in flight; zero waits for none
     * @param trustedProxies addresses and networks that are believed about where a request comes from
     */
    public record Http(String host, int port, Duration shutdownTimeout, Set<String> trustedProxies, Tls tls) {}

    /**
     * Files in PEM; both or none, for plain HTTP.
     *
     * @param certificate the chain, the service's own first
     * @param privateKey PKCS #8, PKCS #1 or SEC 1, not encrypted
     */
    public record Tls(@Nullable Path certificate, @Nullable Path privateKey) {}

    /**
     * The listener for health and metrics.
     *
     * @param port 0 picks a free one
     */
    public record Management(String host, int port) {}

    /**
     * The embedded H2 database, or one on a PostgreSQL server.
     *
     * @param password may be empty
     * @param poolSize connections at most
     * @param fsync H2: a commit waits for the disk, not only for the operating system
     */
    public record Database(String url, String user, String password, int poolSize, boolean fsync) {
        /** Whether it is on a server, which several processes may use at a time. */
        public boolean isPostgres() {
            return url.startsWith("jdbc:postgresql:");
        }

        /** Without the password, which must not end up in a log. */
        @Override
        public String toString() {
            return "Database[url=%s, user=%s, password=***, poolSize=%d, fsync=%b]"
                    .formatted(Words.withoutSecrets(url), user, poolSize, fsync);
        }
    }

    /**
     * Lifetimes of tokens, in whole seconds, and what is done about old ones.
     *
     * @param codeTtl of an authorization code
     * @param familyTtl from the first grant; no rotation extends a refresh token past it
     * @param refreshGrace how long a rotated refresh token may be retried; zero never
     * @param purgeInterval how often expired rows are deleted
     */
    public record Token(
            Duration accessTtl,
            Duration refreshTtl,
            Duration codeTtl,
            Duration familyTtl,
            Duration refreshGrace,
            Duration purgeInterval) {}

    /**
     * The device authorization grant, in whole seconds.
     *
     * @param codeTtl of a device code and its user code
     * @param interval that a device leaves between two polls
     */
    public record Device(Duration codeTtl, Duration interval) {}

    /**
     * Which user may use which client.
     *
     * @param type name of the policy; whether there is one of that name is not checked here
     * @param discloseDenial false gives a denied user the very answer of a wrong password
     * @param plugins directory of jars; null for none
     * @param pluginTimeout how long a plug-in may take over an answer
     * @param pluginThreads how many answers of one plug-in are worked on at once
     */
    public record Policy(
            String type,
            PolicyMode mode,
            boolean discloseDenial,
            Opa opa,
            @Nullable Path plugins,
            Duration pluginTimeout,
            int pluginThreads) {}

    /**
     * The policy {@code opa}.
     *
     * @param url of the document that decides, in OPA's Data API; null: there is no policy {@code opa}
     * @param timeout for all of an answer
     * @param concurrency questions on their way at once
     * @param cacheTtl how long an answer to an introspection counts; zero: once
     * @param cacheSize answers that are kept
     */
    public record Opa(@Nullable URI url, Duration timeout, int concurrency, Duration cacheTtl, int cacheSize) {}

    /**
     * How long a person stays logged in.
     *
     * @param idleTtl since the last request
     * @param absoluteTtl since the login
     */
    public record Session(Duration idleTtl, Duration absoluteTtl) {}

    /**
     * What people are asked.
     *
     * @param scopes what a scope means to people; one that is not there is shown as it is
     */
    public record Consent(Map<String, String> scopes) {}

    /**
     * How passwords and client secrets are hashed.
     *
     * @param bcryptCost the work doubles with each step
     */
    public record Password(int bcryptCost) {}

    /**
     * What those have to wait who try passwords or secrets.
     *
     * @param failures that many in a row cost no wait; zero: none ever does
     * @param firstWait doubles with each further failure
     * @param longestWait at most
     * @param knownFor how long a browser or address is known from which a user has logged in
     */
    public record Limits(int failures, Duration firstWait, Duration longestWait, Duration knownFor) {}

    /**
     * Manners of older servers.
     *
     * @param fos whether a client may be answered as FOSOAuthServerBundle did
     */
    public record Compat(boolean fos) {}

    /**
     * What is logged.
     *
     * @param level of our own loggers; libraries tell of warnings and errors
     * @param requests a line for each request that is answered
     */
    public record Log(Level level, LogFormat format, boolean requests) {}

    /** How a line looks. */
    public enum LogFormat {
        TEXT,
        JSON
    }
}
