package dev.symbolon.policy;

import static dev.symbolon.Refusals.refusedByEndpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symbolon.Granted;
import dev.symbolon.TestService;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies in jars in the directory {@code policy.plugins}. */
class PluginJarTest {
    private static final String SERVICE = "META-INF/services/dev.symbolon.policy.spi.Policy";

    @TempDir
    Path directory;

    @Test
    void the_sample_plug_in_is_built_loaded_from_its_jar_and_decides() throws Exception {
        Path plugins = SamplePlugin.build(directory);
        try (TestService service =
                TestService.start(directory, "policy.plugins", plugins.toString(), "policy.type", SamplePlugin.TYPE)) {
            refusedByEndpoint(service.password("bob"), 400, "invalid_grant");
            Granted alice = service.login("alice");
            assertEquals("read", alice.scope());
            service.run("group create staff");
            service.run("group add staff alice");
            assertEquals("read write", service.login("alice").scope());
            assertEquals(
                    "read write",
                    Granted.by(service.token("grant_type", "client_credentials"))
                            .scope());
            service.run("link remove alice 1_aaa");
            service.run("link add alice 1_aaa");
            assertFalse(service.isActive(alice.access()), "it enforces links, so the kill is for good");
        }
    }

    @Test
    void a_client_may_use_a_plug_in_while_others_do_not() throws Exception {
        Path plugins = SamplePlugin.build(directory);
        try (TestService service = TestService.start(directory, "policy.plugins", plugins.toString())) {
            service.run("client update 1_aaa --policy " + SamplePlugin.TYPE);
            assertEquals("read", service.login("alice").scope());
        }
    }

    @Test
    void a_client_whose_plug_in_is_gone_gets_no_decision_and_never_another_policy_s() throws Exception {
        Path plugins = SamplePlugin.build(directory);
        TestService service = TestService.start(directory, "policy.plugins", plugins.toString());
        service.run("client update 1_aaa --policy " + SamplePlugin.TYPE);
        try (TestService without = service.restart("policy.plugins", "")) {
            refusedByEndpoint(without.password("alice"), 503, "temporarily_unavailable");
        }
    }

    @Test
    void an_empty_directory_has_no_plug_in_and_a_missing_one_stops_the_start() throws Exception {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        Files.writeString(plugins.resolve("notes.txt"), "no jar");
        TestService.start(directory, "policy.plugins", plugins.toString()).close();
        Path missing = directory.resolve("missing");
        assertEquals("policy.plugins: " + missing + " is no directory that can be read", refusal(missing));
    }

    @Test
    void what_is_no_jar_stops_the_start() throws Exception {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "this is no jar");
        assertBroken(plugins, "zip");
    }

    @Test
    void a_jar_without_a_policy_stops_the_start() throws Exception {
        assertBroken(jar("", List.of()), "it has no " + SERVICE);
        assertBroken(jar("com.example.Missing", List.of()), "com.example.Missing not found");
        assertBroken(jar("java.lang.String", List.of()), "names no class of its own");
        assertBroken(jar(UnsteadyPolicy.class.getName(), List.of()), "names no class of its own");
    }

    @Test
    void a_policy_that_cannot_be_made_stops_the_start() throws Exception {
        assertBroken(compiled("X() { throw new IllegalStateException(\"no licence\"); }", "\"x\""), "X");
        assertBroken(
                compiled("public X() { throw new IllegalStateException(\"no licence\"); }", "\"x\""), "no licence");
        assertBroken(compiled("static int broken = 1 / 0; public X() {}", "\"x\""), "/ by zero");
        assertBroken(compiled("public X(int i) {}", "\"x\""), "X");
    }

    @Test
    void a_type_that_is_none_or_taken_stops_the_start() throws Exception {
        for (String type : List.of("null", "\"\"", "\"Big\"", "\"a b\"", "\"a\\nb\"", "\"-x\"")) {
            assertBroken(compiled("public X() {}", type), "its type must be lower-case words joined by -");
        }
        for (String type : List.of("require-link", "allow-all", "opa", UnsteadyPolicy.TYPE)) {
            assertBroken(compiled("public X() {}", '"' + type + '"'), "there is a policy of type " + type + " already");
        }
    }

    private void assertBroken(Path plugins, String words) {
        String line = refusal(plugins);
        assertTrue(line.startsWith("plug-in " + plugins.resolve("broken.jar") + " is broken: "), line);
        assertTrue(line.contains(words), line);
    }

    /** The one line that stops the start. */
    private String refusal(Path plugins) {
        String[] settings = {"policy.plugins", plugins.toString(), "database.url", "jdbc:h2:mem:none"};
        return assertThrows(RuntimeException.class, () -> TestService.empty(directory, settings))
                .getMessage();
    }

    /** A policy {@code X} of this type, whose class begins so. */
    private Path compiled(String begin, String type) throws IOException {
        Path sources = Files.createTempDirectory(directory, "x");
        String imports = "import dev.symbolon.policy.spi.*; ";
        Path source = Files.writeString(
                sources.resolve("X.java"),
                imports + "public class X implements Policy { " + begin + " public String type() { return " + type
                        + "; } public Decision decide(PolicyRequest request) { return null; } }");
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        OutputStream.nullOutputStream(),
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, exitCode);
        return jar("X", List.of(sources.resolve("X.class")));
    }

    private Path jar(String provider, List<Path> classes) throws IOException {
        Path plugins = Files.createTempDirectory(directory, "plugins");
        try (var jar = new JarOutputStream(Files.newOutputStream(plugins.resolve("broken.jar")))) {
            if (!provider.isEmpty()) {
                jar.putNextEntry(new JarEntry(SERVICE));
                jar.write(provider.getBytes(StandardCharsets.UTF_8));
            }
            for (Path file : classes) {
                jar.putNextEntry(new JarEntry(file.getFileName().toString()));
                jar.write(Files.readAllBytes(file));
            }
        }
        return plugins;
    }
}
