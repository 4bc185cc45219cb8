package dev.symbolon.policy;

import dev.symbolon.policy.spi.Policy;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Finds the policies there are: the built-in ones, and those of others on the class path and in a directory. */
public final class Policies {
    private static final String SERVICE = "META-INF/services/" + Policy.class.getName();
    private static final String TYPE_FORM = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final int MAX_TYPE = 255;

    private final Duration timeout;
    private final int threads;
    private final List<Policy> found = new ArrayList<>(List.of(new RequireLink(), new AllowAll()));

    private Policies(Duration timeout, int threads) {
        this.timeout = timeout;
        this.threads = threads;
    }

    /**
     * @param directory of jars with plug-ins; null for none
     * @param timeout how long a plug-in may take over an answer
     * @param threads how many answers of one plug-in are waited for at once
     * @throws IllegalArgumentException if a plug-in is broken; one line that names it
     */
    public static List<Policy> load(@Nullable Path directory, Duration timeout, int threads) {
        var policies = new Policies(timeout, threads);
        try {
            ServiceLoader.load(Policy.class).forEach(policy -> policies.add(policy, () -> {}));
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            throw broken("a policy on the class path", e);
        }
        if (directory != null) {
            jars(directory).forEach(policies::addJar);
        }
        return policies.found;
    }

    private static Iterable<Path> jars(Path directory) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
            var sorted = new TreeSet<Path>();
            jars.forEach(sorted::add);
            return sorted;
        } catch (IOException e) {
            throw new IllegalArgumentException("policy.plugins: " + directory + " is no directory that can be read");
        }
    }

    /** Each jar has a class loader of its own: it sees this service's classes, and not those of other plug-ins. */
    private void addJar(Path jar) {
        try (var content = new JarFile(jar.toFile())) {
            if (content.getEntry(SERVICE) == null) {
                throw new IllegalArgumentException("it has no " + SERVICE);
            }
            var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, Policy.class.getClassLoader());
            List<Policy> policies = ServiceLoader.load(Policy.class, loader).stream()
                    .filter(provider -> loader.equals(provider.type().getClassLoader()))
                    .map(Provider::get)
                    .toList();
            if (policies.isEmpty()) {
                throw new IllegalArgumentException("its " + SERVICE + " names no class of its own");
            }
            policies.forEach(policy -> add(policy, loader));
        } catch (IOException | ServiceConfigurationError | LinkageError | RuntimeException e) {
            throw broken("plug-in " + jar, e);
        }
    }

    private void add(Policy policy, AutoCloseable source) {
        @Nullable String type = policy.type();
        if (type == null || type.length() > MAX_TYPE || !type.matches(TYPE_FORM)) {
            throw new IllegalArgumentException("its type must be lower-case words joined by -, not " + type);
        }
        if (type.equals("opa") || found.stream().anyMatch(other -> other.type().equals(type))) {
            throw new IllegalArgumentException("there is a policy of type " + type + " already");
        }
        found.add(new PooledPolicy(type, policy, timeout, threads, source));
    }

    private static IllegalArgumentException broken(String what, Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = e instanceof LinkageError ? e.toString() : String.valueOf(e.getMessage());
        return new IllegalArgumentException(what + " is broken: " + message + (root.equals(e) ? "" : ": " + root), e);
    }
}
