package dev.symbolon.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample plug-in of {@code src/test/plugin}, built by its own script. */
final class SamplePlugin {
    static final String TYPE = "staff-writes";

    private SamplePlugin() {}

    /** @return the directory with its jar */
    static Path build(Path directory) throws IOException, InterruptedException {
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        Path output = directory.resolve("build.log");
        String jar = plugins.resolve("staff-writes.jar").toString();
        var build = new ProcessBuilder("src/test/plugin/build", System.getProperty("java.class.path"), jar);
        String tools = Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator;
        build.environment().merge("PATH", tools, (path, bin) -> bin + path);
        int exitCode = build.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertEquals(0, exitCode, () -> read(output));
        return plugins;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
