package dev.symbolon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whatever is in the file, it is a configuration, or refused in one line. */
public final class ConfigFuzz {
    private static final Path FILE = file();

    private ConfigFuzz() {}

    private static Path file() {
        try {
            return Files.createTempFile("symbolon-fuzz", ".yaml");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        try {
            ConfigReader.read(FILE, FILE.getParent(), Map.of(), Map.of(), warning -> {});
        } catch (ConfigException refused) {
            String line = String.valueOf(refused.getMessage());
            if (line.lines().count() != 1) {
                throw new AssertionError("not one line: " + line);
            }
        }
    }
}
