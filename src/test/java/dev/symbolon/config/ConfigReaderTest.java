package dev.symbolon.config;

import static dev.symbolon.config.ConfigFixture.NO_FILE;
import static dev.symbolon.config.ConfigFixture.leaves;
import static dev.symbolon.config.ConfigFixture.read;
import static dev.symbolon.config.ConfigFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.policy.PolicyMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.event.Level;

@Tag("no-database")
class ConfigReaderTest {
    /** A key, a value that is not its default, and what becomes of it. */
    record Sample(String key, String text, Object value) {}

    private static final URI OPA = URI.create("https://opa.example.com/v1/data/a/b?pretty=false");

    static final List<Sample> SAMPLES = List.of(
            new Sample("issuer", "https://id.example.com/eu", "https://id.example.com/eu"),
            new Sample("http.host", "::1", "::1"),
            new Sample("http.port", "0", 0),
            new Sample("http.shutdown-timeout", "0s", Duration.ZERO),
            new Sample("http.trusted-proxies", "10.0.0.0/8, ::1", Set.of("10.0.0.0/8", "::1")),
            new Sample("http.tls.certificate", "/etc/tls/tls.crt", Path.of("/etc/tls/tls.crt")),
            new Sample("http.tls.private-key", "/etc/tls/tls.key", Path.of("/etc/tls/tls.key")),
            new Sample("management.host", "0.0.0.0", "0.0.0.0"),
            new Sample("management.port", "65535", 65_535),
            new Sample("database.url", "jdbc:h2:mem:x", "jdbc:h2:mem:x"),
            new Sample("database.user", "sa", "sa"),
            new Sample("database.password", "0123 p@ss: #", "0123 p@ss: #"),
            new Sample("database.pool-size", "100", 100),
            new Sample("database.fsync", "true", true),
            new Sample("token.access-ttl", "1s", Duration.ofSeconds(1)),
            new Sample("token.refresh-ttl", "3650d", Duration.ofDays(3650)),
            new Sample("token.code-ttl", "10m", Duration.ofMinutes(10)),
            new Sample("token.family-ttl", "36h", Duration.ofHours(36)),
            new Sample("token.refresh-grace", "500ms", Duration.ofMillis(500)),
            new Sample("token.purge-interval", "7m", Duration.ofMinutes(7)),
            new Sample("device.code-ttl", "90s", Duration.ofSeconds(90)),
            new Sample("device.interval", "1s", Duration.ofSeconds(1)),
            new Sample("policy.type", "opening-hours", "opening-hours"),
            new Sample("policy.mode", "audit", PolicyMode.AUDIT),
            new Sample("policy.disclose-denial", "false", false),
            new Sample("policy.opa.url", "https://opa.example.com/v1/data/a/b?pretty=false", OPA),
            new Sample("policy.opa.timeout", "10ms", Duration.ofMillis(10)),
            new Sample("policy.opa.concurrency", "1", 1),
            new Sample("policy.opa.cache-ttl", "5m", Duration.ofMinutes(5)),
            new Sample("policy.opa.cache-size", "1000000", 1_000_000),
            new Sample("policy.plugins", "/opt/plug ins", Path.of("/opt/plug ins")),
            new Sample("policy.plugin-timeout", "10s", Duration.ofSeconds(10)),
            new Sample("policy.plugin-threads", "256", 256),
            new Sample("session.idle-ttl", "5m", Duration.ofMinutes(5)),
            new Sample("session.absolute-ttl", "30d", Duration.ofDays(30)),
            new Sample(
                    "consent.scopes",
                    "read=See your files; write=Change, a=b",
                    Map.of("read", "See your files", "write", "Change, a=b")),
            new Sample("password.bcrypt-cost", "4", 4),
            new Sample("limits.failures", "0", 0),
            new Sample("limits.first-wait", "250ms", Duration.ofMillis(250)),
            new Sample("limits.longest-wait", "1h", Duration.ofHours(1)),
            new Sample("limits.known-for", "30d", Duration.ofDays(30)),
            new Sample("compat.fos", "true", true),
            new Sample("log.level", "trace", Level.TRACE),
            new Sample("log.format", "json", Config.LogFormat.JSON),
            new Sample("log.requests", "false", false));

    @TempDir
    Path directory;

    @Test
    void without_any_source_every_setting_has_its_default() throws Exception {
        assertEquals(
                new Config(
                        null,
                        new Config.Http(
                                "127.0.0.1", 8080, Duration.ofSeconds(20), Set.of(), new Config.Tls(null, null)),
                        new Config.Management("127.0.0.1", 8081),
                        new Config.Database("jdbc:h2:file:./data/symbolon", "symbolon", "", 10, false),
                        new Config.Token(
                                Duration.ofHours(1),
                                Duration.ofDays(14),
                                Duration.ofSeconds(60),
                                Duration.ofDays(90),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(5)),
                        new Config.Device(Duration.ofMinutes(10), Duration.ofSeconds(5)),
                        new Config.Policy(
                                "require-link",
                                PolicyMode.ENFORCE,
                                true,
                                new Config.Opa(null, Duration.ofMillis(500), 64, Duration.ZERO, 10_000),
                                null,
                                Duration.ofSeconds(1),
                                16),
                        new Config.Session(Duration.ofHours(1), Duration.ofHours(12)),
                        new Config.Consent(Map.of()),
                        new Config.Password(10),
                        new Config.Limits(10, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofDays(90)),
                        new Config.Compat(false),
                        new Config.Log(Level.INFO, Config.LogFormat.TEXT, true)),
                read(directory, NO_FILE, Map.of(), Map.of()));
    }

    @Test
    void keys_components_and_samples_are_the_same_list() throws Exception {
        List<String> keys = Settings.ALL.stream().map(Setting::key).toList();
        assertEquals(
                keys,
                List.copyOf(leaves(read(directory, NO_FILE, Map.of(), Map.of())).keySet()));
        assertEquals(keys, SAMPLES.stream().map(Sample::key).toList());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void a_key_sets_its_own_component_and_no_other_from_each_source(Sample sample) throws Exception {
        Map<String, Object> expected = leaves(read(directory, NO_FILE, Map.of(), Map.of()));
        expected.put(sample.key(), sample.value());
        String variable = "SYMBOLON_" + sample.key().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        String quoted = "'" + sample.text() + "'";
        String[] parts = sample.key().split("\\.");
        String nested = IntStream.range(0, parts.length)
                        .mapToObj(i -> "  ".repeat(i) + parts[i])
                        .collect(Collectors.joining(":\n"))
                + ": " + quoted;

        assertEquals(expected, leaves(read(directory, nested)));
        assertEquals(expected, leaves(read(directory, sample.key() + ": " + quoted)));
        assertEquals(expected, leaves(read(directory, NO_FILE, Map.of(variable, sample.text()), Map.of())));
        assertEquals(expected, leaves(read(directory, NO_FILE, Map.of(), Map.of(sample.key(), sample.text()))));
    }

    @Test
    void the_command_line_beats_the_environment_which_beats_the_file() throws Exception {
        var variables = new HashMap<>(Map.of("SYMBOLON_HTTP_PORT", "2", "SYMBOLON_MANAGEMENT_PORT", "2"));
        var overrides = Map.of("http.port", "3");
        String file = "{http.port: 1, management.port: 1, database.pool-size: 1}";
        Config config = read(directory, file, variables, overrides);
        assertEquals(3, config.http().port());
        assertEquals(2, config.management().port());
        assertEquals(1, config.database().poolSize());
    }

    @Test
    void the_file_named_is_read_instead_of_the_one_in_the_directory() throws Exception {
        Files.createDirectory(directory.resolve("config"));
        Files.writeString(directory.resolve("config/symbolon.yaml"), "http.port: 1");
        Files.writeString(directory.resolve("other.yaml"), "management.port: 2");
        Config fallback = ConfigReader.read(null, directory, Map.of(), Map.of(), warning -> {});
        Config named = ConfigReader.read(Path.of("other.yaml"), directory, Map.of(), Map.of(), warning -> {});
        assertEquals(
                List.of(1, 8081),
                List.of(fallback.http().port(), fallback.management().port()));
        assertEquals(
                List.of(8080, 2),
                List.of(named.http().port(), named.management().port()));
    }

    @Test
    void the_sample_file_holds_every_key_with_its_default() throws Exception {
        Map<String, String> sample = YamlFile.read(Path.of("config/symbolon.yaml")).stream()
                .collect(Collectors.toMap(YamlFile.Entry::key, YamlFile.Entry::text));
        assertEquals(Settings.ALL.stream().collect(Collectors.toMap(Setting::key, Setting::fallback)), sample);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuer | a.b ~ ftp://a.b ~ https://a.b/ ~ https://a.b/c//d ~ https://a.b/c/../d ~ https://a.b?c=d ~ https://a.b#c
            issuer | https://a.b:70000 ~ https://a.b: ~ https:///c ~ https://a.b/é ~ https://a b
            http.host | localhost:8080 ~ http://localhost
            http.port | 65536 ~ -1 ~ 08080 ~ ٣ ~ 99999999999999999999
            http.shutdown-timeout | 601s
            http.trusted-proxies | proxy.example.com ~ 999.1.1.1 ~ 10.0.0.0/33 ~ 10.0.0.1/8 ~ 1.2.3 ~ ::1,, ~ ::1/200 ~ 1:2:3
            management.host | two words
            management.port | eighty
            database.url | jdbc:h2:tcp://localhost/x ~ jdbc:h2:zip:x.zip!/x ~ jdbc:h2:mem: ~ jdbc:mysql://localhost/x
            database.url | jdbc:postgresql:x ~ jdbc:postgresql://localhost ~ jdbc:postgresql://localhost/ ~ jdbc:postgresql://a b/x
            database.url | jdbc:postgresql://localhost:port/x ~ jdbc:postgresql://localhost/x y
            database.user | two words
            database.pool-size | 0 ~ 101
            database.fsync | yes
            token.access-ttl | 0s ~ 1500ms ~ 3600
            token.refresh-ttl | 3651d
            token.family-ttl | 9999999999d
            token.refresh-grace | 301s ~ -1s
            token.purge-interval | 999ms ~ 1 h
            policy.type | two words
            policy.mode | ENFORCE
            policy.disclose-denial | 1
            password.bcrypt-cost | 3 ~ 17
            compat.fos | on
            log.level | verbose
            """)
    void a_bad_value_is_refused_with_its_key_source_value_and_what_it_takes(String key, String texts) {
        Setting<?> setting = Settings.find(key).orElseThrow();
        for (String text : texts.split(" ~ ")) {
            String end = ": got \"" + text + "\", takes " + setting.takes();
            String file = refusal(() -> read(directory, key + ": '" + text + "'"));
            assertTrue(file.startsWith(key + " from " + directory) && file.endsWith(", line 1" + end), file);
            assertEquals(
                    key + " from " + setting.variable() + end,
                    refusal(() -> read(directory, NO_FILE, Map.of(setting.variable(), text), Map.of())));
            assertEquals(
                    key + " from the command line" + end,
                    refusal(() -> read(directory, NO_FILE, Map.of(), Map.of(key, text))));
        }
    }

    @Test
    void a_bad_value_is_refused_even_where_a_later_source_has_a_good_one() {
        String message = refusal(() -> read(directory, "http.port: x", Map.of(), Map.of("http.port", "1")));
        assertTrue(message.startsWith("http.port from " + directory), message);
    }

    @Test
    void only_zero_is_a_duration_without_a_unit() {
        assertEquals(Durations.parse("0s"), Durations.parse("0"));
        assertTrue(Durations.parse("1").isEmpty());
    }

    @Test
    void nothing_is_a_value_only_where_the_default_is_nothing() throws Exception {
        for (Setting<?> setting : Settings.ALL) {
            if (setting.fallback().isEmpty()) {
                assertNull(read(directory, "issuer: null", Map.of(setting.variable(), ""), Map.of())
                        .issuer());
            } else {
                String message = refusal(() -> read(directory, setting.key() + ":"));
                assertTrue(message.contains(setting.key()) && message.contains("got nothing, takes "), message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http.prot, ; did you mean http.port?",
        "token.access_ttl, ; did you mean token.access-ttl?",
        "tokens.access-ttl, ; did you mean token.access-ttl?",
        "http.tls.cert.file, ''",
        "http, ''"
    })
    void an_unknown_key_is_refused_with_the_nearest_one_and_without_its_value(String key, String suggestion) {
        String message = refusal(() -> read(directory, NO_FILE, Map.of(), Map.of(key, "s3cret")));
        assertEquals("unknown key \"" + key + "\" from the command line" + suggestion, message);
        message = refusal(() -> read(directory, key.replaceFirst("\\.", ":\n  ") + ": s3cret"));
        assertTrue(message.startsWith("unknown key \"" + key + "\" from " + directory), message);
        assertTrue(message.endsWith(suggestion) && !message.contains("s3cret"), message);
    }

    @Test
    void an_unknown_variable_is_a_warning_with_the_nearest_one_and_without_its_value() throws Exception {
        var warnings = new ArrayList<String>();
        var variables = Map.of("SYMBOLON_HTTP_PROT", "s3cret", "SYMBOLON_SERVICE_HOST", "10.0.0.1", "PATH", "/bin");
        ConfigReader.read(null, directory, variables, Map.of(), warnings::add);
        assertEquals(
                List.of(
                        "unknown environment variable \"SYMBOLON_HTTP_PROT\"; did you mean SYMBOLON_HTTP_PORT?",
                        "unknown environment variable \"SYMBOLON_SERVICE_HOST\""),
                warnings);
    }

    @Test
    void a_password_is_in_no_message_and_in_no_toString() throws Exception {
        Config config = read(
                directory,
                NO_FILE,
                Map.of(),
                Map.of("database.password", "s3cret", "database.url", "jdbc:h2:mem:x;PASSWORD=s3cret"));
        assertEquals("s3cret", config.database().password());
        assertFalse(config.toString().contains("s3cret"), config.toString());
        Stream.of(
                        "[s3cret]",
                        "*s3cret",
                        "&s3cret",
                        "!s3cret x",
                        "!s3cret!x",
                        "'s3cret",
                        "%s3cret",
                        "s3cret: x",
                        "|s3cret")
                .map(password -> refusal(() -> read(directory, "database:\n  password: " + password)))
                .forEach(message -> assertFalse(message.contains("s3cret"), message));
        Stream.of(
                        "jdbc:postgresql://me:s3cret@db/x",
                        "https://me:s3cret@db/x",
                        "jdbc:postgresql:x?user=me&password=s3cret&ssl=true")
                .map(url -> refusal(() -> read(directory, NO_FILE, Map.of(), Map.of("database.url", url))))
                .forEach(message -> assertFalse(message.contains("s3cret"), message));
    }

    @Test
    void a_value_is_shown_in_one_line_of_at_most_100_characters() {
        String message = refusal(() ->
                read(directory, NO_FILE, Map.of(), Map.of("log.level", "a\nb\u001b[2J\u202e" + "c".repeat(999))));
        assertTrue(message.contains("got \"a\\u000ab\\u001b[2J\\u202e" + "c".repeat(92) + "...\", takes"), message);
    }
}
