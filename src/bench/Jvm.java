import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java to run programs on.
 *
 * @param options given to every JVM that serves
 */
record Jvm(Path home, List<String> options) {
    static final Path JAR = Path.of("target/service.jar").toAbsolutePath();

    static Jvm running() {
        return new Jvm(Path.of(System.getProperty("java.home")), List.of());
    }

    /** The service's own command, or one of its administration commands. */
    List<String> service(String... words) {
        return command("-jar", JAR.toString(), words);
    }

    /** A program of this directory, beside the jar's libraries. */
    List<String> program(Class<?> program) {
        return command("-cp", System.getProperty("java.class.path"), program.getName());
    }

    private List<String> command(String option, String value, String... words) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(options);
        command.addAll(List.of(option, value));
        command.addAll(List.of(words));
        return command;
    }

    String version() {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll(".*\"(.*)\"", "$1"))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("no JDK at " + home, e);
        }
    }
}
