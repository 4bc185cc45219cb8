package dev.symbolon.cli;

import dev.symbolon.config.Config;
import dev.symbolon.config.ConfigException;
import dev.symbolon.config.ConfigReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where the configuration comes from; every command takes these, before it or after. */
final class ConfigOptions {
    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Configuration file (default: config/symbolon.yaml, if there is one).")
    private @Nullable Path file;

    @Option(
            names = "--set",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY=VALUE",
            description = "A setting that wins over file and environment, such as http.port=9000. Repeatable.")
    private List<String> overrides = List.of();

    Config read(Consumer<String> warnings) {
        return read(Path.of("").toAbsolutePath(), System.getenv(), Map.of(), warnings);
    }

    /** @param fixed wins over everything */
    Config read(Path directory, Map<String, String> environment, Map<String, String> fixed, Consumer<String> warnings) {
        Map<String, String> all = overrides();
        all.putAll(fixed);
        try {
            return ConfigReader.read(
                    file == null ? null : file.toAbsolutePath(), directory, environment, all, warnings);
        } catch (ConfigException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> overrides() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 0) {
                throw CommandFailure.badUsage("--set takes KEY=VALUE, not " + Output.plain(override));
            }
            settings.put(override.substring(0, equals), override.substring(equals + 1));
        }
        return settings;
    }
}
