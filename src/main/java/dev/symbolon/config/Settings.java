package dev.symbolon.config;

import static dev.symbolon.config.Setting.choice;
import static dev.symbolon.config.Setting.duration;
import static dev.symbolon.config.Setting.lifetime;
import static dev.symbolon.config.Setting.number;
import static dev.symbolon.config.Setting.seconds;
import static dev.symbolon.config.Setting.text;

import dev.symbolon.config.Config.LogFormat;
import dev.symbolon.http.TrustedProxies;
import dev.symbolon.policy.PolicyMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.event.Level;

/** Every setting there is, in the order of {@code config/symbolon.yaml}. */
public final class Settings {
    private static final String WORD_FORM = "[^\\s\\p{Cntrl}]+";
    private static final String HOST = "a host name or an IP address, without a port";
    private static final String HOST_FORM = "[A-Za-z0-9._-]+|(?=.*:.*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?";
    // Embedded only: AUTO_SERVER would listen on a port. Unnamed "mem:" would be another database for every connection.
    private static final String H2_FORM =
            "(?i)(?!.*AUTO_SERVER)jdbc:h2:((file:|mem:)[^;\\p{Cntrl}]|\\./|/|~)[^\\p{Cntrl}]*";
    private static final String POSTGRES_HOST = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?";
    private static final String POSTGRES_FORM = "jdbc:postgresql://" + POSTGRES_HOST + "(," + POSTGRES_HOST
            + ")*/[^/?&\\s\\p{Cntrl}]+(\\?[^\\s\\p{Cntrl}]*)?";
    private static final String ISSUER_FORM = "https?://[!-~&&[^@?#]]*[!-~&&[^@?#/:]]";
    private static final List<Boolean> YES_NO = List.of(true, false);

    public static final Setting<String> ISSUER = new Setting<>(
            "issuer",
            "",
            "an http:// or https:// URL with a host, without user name, query, fragment or a / at the end; or nothing",
            text -> Optional.of(text).filter(url -> url.isEmpty() || isIssuer(url)));
    public static final Setting<String> HTTP_HOST = text("http.host", "127.0.0.1", HOST, HOST_FORM);
    public static final Setting<Integer> HTTP_PORT = number("http.port", 8080, 0, 65_535);
    public static final Setting<Duration> HTTP_SHUTDOWN_TIMEOUT = duration("http.shutdown-timeout", "20s", "0s", "10m");
    public static final Setting<Set<String>> HTTP_TRUSTED_PROXIES = new Setting<>(
            "http.trusted-proxies",
            "",
            "IP addresses and networks, such as \"127.0.0.1, 10.0.0.0/8, 2001:db8::/32\"; or nothing",
            TrustedProxies::parse);
    public static final Setting<String> HTTP_TLS_CERTIFICATE =
            text("http.tls.certificate", "", "a file, or nothing", "[^\\p{Cntrl}]*");
    public static final Setting<String> HTTP_TLS_PRIVATE_KEY =
            text("http.tls.private-key", "", "a file, or nothing", "[^\\p{Cntrl}]*");
    public static final Setting<String> MANAGEMENT_HOST = text("management.host", "127.0.0.1", HOST, HOST_FORM);
    public static final Setting<Integer> MANAGEMENT_PORT = number("management.port", 8081, 0, 65_535);
    public static final Setting<String> DATABASE_URL = text(
            "database.url",
            "jdbc:h2:file:./data/symbolon",
            "the URL of an embedded H2 database: jdbc:h2: followed by file:PATH, mem:NAME, ./PATH, /PATH or ~/PATH,"
                    + " without AUTO_SERVER; or of one on PostgreSQL: jdbc:postgresql://HOST:PORT/DATABASE",
            H2_FORM + "|" + POSTGRES_FORM);
    public static final Setting<String> DATABASE_USER = text("database.user", "symbolon", "a name", WORD_FORM);
    /** Takes any text, so that no refusal can ever quote it. */
    public static final Setting<String> DATABASE_PASSWORD = text("database.password", "", "any text", "(?s).*");

    public static final Setting<Integer> DATABASE_POOL_SIZE = number("database.pool-size", 10, 1, 100);
    public static final Setting<Boolean> DATABASE_FSYNC = choice("database.fsync", "false", YES_NO, String::valueOf);
    public static final Setting<Duration> TOKEN_ACCESS_TTL = lifetime("token.access-ttl", "1h");
    public static final Setting<Duration> TOKEN_REFRESH_TTL = lifetime("token.refresh-ttl", "14d");
    /** No longer than what RFC 6749 section 4.1.2 recommends at most. */
    public static final Setting<Duration> TOKEN_CODE_TTL = duration("token.code-ttl", "60s", "1s", "10m");

    public static final Setting<Duration> TOKEN_FAMILY_TTL = lifetime("token.family-ttl", "90d");
    public static final Setting<Duration> TOKEN_REFRESH_GRACE = duration("token.refresh-grace", "10s", "0s", "5m");
    public static final Setting<Duration> TOKEN_PURGE_INTERVAL = duration("token.purge-interval", "5m", "1s", "1d");
    public static final Setting<Duration> DEVICE_CODE_TTL = seconds("device.code-ttl", "10m", "1s", "1h");
    public static final Setting<Duration> DEVICE_INTERVAL = seconds("device.interval", "5s", "1s", "1m");
    public static final Setting<String> POLICY_TYPE =
            text("policy.type", "require-link", "the name of a policy", WORD_FORM);
    public static final Setting<PolicyMode> POLICY_MODE =
            new Setting<>("policy.mode", "enforce", "one of enforce, audit", PolicyMode::of);
    public static final Setting<Boolean> POLICY_DISCLOSE_DENIAL =
            choice("policy.disclose-denial", "true", YES_NO, String::valueOf);
    public static final Setting<String> POLICY_OPA_URL = new Setting<>(
            "policy.opa.url",
            "",
            "an http:// or https:// URL with a host, without user name and fragment; or nothing",
            text -> Optional.of(text).filter(url -> url.isEmpty() || isService(url)));
    public static final Setting<Duration> POLICY_OPA_TIMEOUT = duration("policy.opa.timeout", "500ms", "10ms", "10s");
    public static final Setting<Integer> POLICY_OPA_CONCURRENCY = number("policy.opa.concurrency", 64, 1, 1_000);
    public static final Setting<Duration> POLICY_OPA_CACHE_TTL = duration("policy.opa.cache-ttl", "0s", "0s", "5m");
    public static final Setting<Integer> POLICY_OPA_CACHE_SIZE = number("policy.opa.cache-size", 10_000, 1, 1_000_000);
    public static final Setting<String> POLICY_PLUGINS =
            text("policy.plugins", "", "a directory, or nothing", "[^\\p{Cntrl}]*");
    public static final Setting<Duration> POLICY_PLUGIN_TIMEOUT =
            duration("policy.plugin-timeout", "1s", "10ms", "10s");
    public static final Setting<Integer> POLICY_PLUGIN_THREADS = number("policy.plugin-threads", 16, 1, 256);
    public static final Setting<Duration> SESSION_IDLE_TTL = lifetime("session.idle-ttl", "1h");
    public static final Setting<Duration> SESSION_ABSOLUTE_TTL = lifetime("session.absolute-ttl", "12h");
    public static final Setting<Map<String, String>> CONSENT_SCOPES = new Setting<>(
            "consent.scopes",
            "",
            "scopes and what they mean to people, such as \"read=See your files; write=Change your files\"",
            ScopeWords::parse);
    public static final Setting<Integer> PASSWORD_BCRYPT_COST = number("password.bcrypt-cost", 10, 4, 16);
    public static final Setting<Integer> LIMITS_FAILURES = number("limits.failures", 10, 0, 1_000);
    public static final Setting<Duration> LIMITS_FIRST_WAIT = duration("limits.first-wait", "1s", "1ms", "1h");
    public static final Setting<Duration> LIMITS_LONGEST_WAIT = duration("limits.longest-wait", "15m", "1s", "12h");
    public static final Setting<Duration> LIMITS_KNOWN_FOR = lifetime("limits.known-for", "90d");
    public static final Setting<Boolean> COMPAT_FOS = choice("compat.fos", "false", YES_NO, String::valueOf);
    public static final Setting<Level> LOG_LEVEL = choice(
            "log.level", "info", List.of(Level.values()), level -> level.name().toLowerCase(Locale.ROOT));

    public static final Setting<LogFormat> LOG_FORMAT = choice(
            "log.format",
            "text",
            List.of(LogFormat.values()),
            format -> format.name().toLowerCase(Locale.ROOT));
    public static final Setting<Boolean> LOG_REQUESTS = choice("log.requests", "true", YES_NO, String::valueOf);

    public static final List<Setting<?>> ALL = List.of(
            ISSUER,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_SHUTDOWN_TIMEOUT,
            HTTP_TRUSTED_PROXIES,
            HTTP_TLS_CERTIFICATE,
            HTTP_TLS_PRIVATE_KEY,
            MANAGEMENT_HOST,
            MANAGEMENT_PORT,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_POOL_SIZE,
            DATABASE_FSYNC,
            TOKEN_ACCESS_TTL,
            TOKEN_REFRESH_TTL,
            TOKEN_CODE_TTL,
            TOKEN_FAMILY_TTL,
            TOKEN_REFRESH_GRACE,
            TOKEN_PURGE_INTERVAL,
            DEVICE_CODE_TTL,
            DEVICE_INTERVAL,
            POLICY_TYPE,
            POLICY_MODE,
            POLICY_DISCLOSE_DENIAL,
            POLICY_OPA_URL,
            POLICY_OPA_TIMEOUT,
            POLICY_OPA_CONCURRENCY,
            POLICY_OPA_CACHE_TTL,
            POLICY_OPA_CACHE_SIZE,
            POLICY_PLUGINS,
            POLICY_PLUGIN_TIMEOUT,
            POLICY_PLUGIN_THREADS,
            SESSION_IDLE_TTL,
            SESSION_ABSOLUTE_TTL,
            CONSENT_SCOPES,
            PASSWORD_BCRYPT_COST,
            LIMITS_FAILURES,
            LIMITS_FIRST_WAIT,
            LIMITS_LONGEST_WAIT,
            LIMITS_KNOWN_FOR,
            COMPAT_FOS,
            LOG_LEVEL,
            LOG_FORMAT,
            LOG_REQUESTS);

    private Settings() {}

    /** @return the setting of exactly this key */
    static Optional<Setting<?>> find(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    private static boolean isService(String text) {
        try {
            URI uri = new URI(text);
            return text.matches("(?i)https?://.*")
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** RFC 8414 section 2, and clients compare issuers character by character: nothing that may be spelt twice. */
    private static boolean isIssuer(String text) {
        try {
            URI uri = new URI(text);
            return text.matches(ISSUER_FORM)
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && uri.normalize().equals(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
