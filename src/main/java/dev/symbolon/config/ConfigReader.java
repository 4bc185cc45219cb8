package dev.symbolon.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the configuration from built-in defaults, file, environment and command line; the later wins. */
public final class ConfigReader {
    private static final String DEFAULT_FILE = "config/symbolon.yaml";
    private static final String PREFIX = "SYMBOLON_";

    private final Map<String, String> texts = new HashMap<>();

    private ConfigReader() {}

    /**
     * Reads every source; a bad value is refused even where a later source would replace it.
     *
     * @param file must exist; null for {@code config/symbolon.yaml} if that exists
     * @param directory what relative files are relative to
     * @param environment only {@code SYMBOLON_} variables matter
     * @param overrides key to value, from the command line
     * @param warnings gets one line for each {@code SYMBOLON_} variable that is no setting: Kubernetes makes some for a
     *     service of that name, so they are not refused
     * @throws ConfigException for an unknown key or a bad value
     */
    public static Config read(
            @Nullable Path file,
            Path directory,
            Map<String, String> environment,
            Map<String, String> overrides,
            Consumer<String> warnings)
            throws ConfigException {
        var reader = new ConfigReader();
        reader.takeFile(file, directory);
        reader.takeEnvironment(environment, warnings);
        for (var override : overrides.entrySet()) {
            reader.take(override.getKey(), override.getValue(), "the command line");
        }
        return reader.config();
    }

    private void takeFile(@Nullable Path file, Path directory) throws ConfigException {
        Path path = file == null ? directory.resolve(DEFAULT_FILE) : directory.resolve(file);
        if (file == null && Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) { // a dangling link is a fault to tell
            return;
        }
        for (YamlFile.Entry entry : YamlFile.read(path)) {
            if (!entry.text().isEmpty() || !isSection(entry.key())) { // all of a section may be commented out
                take(entry.key(), entry.text(), entry.source());
            }
        }
    }

    private static boolean isSection(String key) {
        return Settings.ALL.stream().anyMatch(setting -> setting.key().startsWith(key + "."));
    }

    private void takeEnvironment(Map<String, String> environment, Consumer<String> warnings) throws ConfigException {
        Map<String, String> variables = new TreeMap<>(environment);
        for (Setting<?> setting : Settings.ALL) {
            String text = variables.remove(setting.variable());
            if (text != null) {
                take(setting.key(), text, setting.variable());
            }
        }
        for (String name : variables.keySet()) {
            if (name.startsWith(PREFIX)) {
                warnings.accept("unknown environment variable " + Words.quoted(name)
                        + Words.suggestion(name, Settings.ALL.stream().map(Setting::variable)));
            }
        }
    }

    private void take(String key, String text, String source) throws ConfigException {
        Setting<?> setting = Settings.find(key).orElseThrow(() -> ConfigException.unknownKey(key, source));
        if (setting.parse(text).isEmpty()) {
            throw ConfigException.badValue(setting, source, text);
        }
        texts.put(key, text);
    }

    private <T> T value(Setting<T> setting) {
        return setting.parse(texts.getOrDefault(setting.key(), setting.fallback()))
                .orElseThrow();
    }

    private Config config() {
        String issuer = value(Settings.ISSUER);
        return new Config(
                issuer.isEmpty() ? null : issuer,
                new Config.Http(
                        value(Settings.HTTP_HOST),
                        value(Settings.HTTP_PORT),
                        value(Settings.HTTP_SHUTDOWN_TIMEOUT),
                        value(Settings.HTTP_TRUSTED_PROXIES),
                        new Config.Tls(path(Settings.HTTP_TLS_CERTIFICATE), path(Settings.HTTP_TLS_PRIVATE_KEY))),
                new Config.Management(value(Settings.MANAGEMENT_HOST), value(Settings.MANAGEMENT_PORT)),
                new Config.Database(
                        value(Settings.DATABASE_URL),
                        value(Settings.DATABASE_USER),
                        value(Settings.DATABASE_PASSWORD),
                        value(Settings.DATABASE_POOL_SIZE),
                        value(Settings.DATABASE_FSYNC)),
                new Config.Token(
                        value(Settings.TOKEN_ACCESS_TTL),
                        value(Settings.TOKEN_REFRESH_TTL),
                        value(Settings.TOKEN_CODE_TTL),
                        value(Settings.TOKEN_FAMILY_TTL),
                        value(Settings.TOKEN_REFRESH_GRACE),
                        value(Settings.TOKEN_PURGE_INTERVAL)),
                new Config.Device(value(Settings.DEVICE_CODE_TTL), value(Settings.DEVICE_INTERVAL)),
                new Config.Policy(
                        value(Settings.POLICY_TYPE),
                        value(Settings.POLICY_MODE),
                        value(Settings.POLICY_DISCLOSE_DENIAL),
                        opa(),
                        path(Settings.POLICY_PLUGINS),
                        value(Settings.POLICY_PLUGIN_TIMEOUT),
                        value(Settings.POLICY_PLUGIN_THREADS)),
                new Config.Session(value(Settings.SESSION_IDLE_TTL), value(Settings.SESSION_ABSOLUTE_TTL)),
                new Config.Consent(value(Settings.CONSENT_SCOPES)),
                new Config.Password(value(Settings.PASSWORD_BCRYPT_COST)),
                new Config.Limits(
                        value(Settings.LIMITS_FAILURES),
                        value(Settings.LIMITS_FIRST_WAIT),
                        value(Settings.LIMITS_LONGEST_WAIT),
                        value(Settings.LIMITS_KNOWN_FOR)),
                new Config.Compat(value(Settings.COMPAT_FOS)),
                new Config.Log(value(Settings.LOG_LEVEL), value(Settings.LOG_FORMAT), value(Settings.LOG_REQUESTS)));
    }

    private @Nullable Path path(Setting<String> setting) {
        String text = value(setting);
        return text.isEmpty() ? null : Path.of(text);
    }

    private Config.Opa opa() {
        String url = value(Settings.POLICY_OPA_URL);
        return new Config.Opa(
                url.isEmpty() ? null : URI.create(url),
                value(Settings.POLICY_OPA_TIMEOUT),
                value(Settings.POLICY_OPA_CONCURRENCY),
                value(Settings.POLICY_OPA_CACHE_TTL),
                value(Settings.POLICY_OPA_CACHE_SIZE));
    }
}
