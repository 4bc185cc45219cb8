package dev.symbolon.cli;

import dev.symbolon.cli.remote.SocketPath;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.client.ClientSettings;
import dev.symbolon.config.Config;
import dev.symbolon.device.DeviceAuthorizationResponse;
import dev.symbolon.link.LinkTerms;
import dev.symbolon.ops.Logging;
import dev.symbolon.token.DeviceCodes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code demo}: the tutorial, on a fresh in-memory database and on loopback alone (contract section 7). */
@Command(name = "demo", description = "Run the service on a fresh in-memory database with the tutorial's data.")
final class DemoCommand {
    private final Function<Administration, RunningService> starter;
    private final Terminal terminal;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    DemoCommand(Function<Administration, RunningService> starter, Terminal terminal) {
        this.starter = starter;
        this.terminal = terminal;
    }

    /** Does not return before the process is asked to end. */
    int run(ConfigOptions options) {
        if (port < 0 || port > 65_535) {
            throw CommandFailure.badUsage("--port takes a number from 0 to 65535, not " + port);
        }
        try {
            SocketPath socket = SocketPath.demo();
            Config config = config(options, port, socket.directory());
            Logging.start(new Config.Log(Level.WARN, Config.LogFormat.TEXT, false));
            Administration admin = Administration.open(config, Clock.systemUTC(), socket);
            seed(admin);
            RunningService service = ServeCommand.start(starter, admin);
            terminal.out().println(story(service.issuer(), television(admin, service.issuer())));
            terminal.out().println("ready at " + service.issuer());
            terminal.out().flush();
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        ServeCommand.awaitEnd();
        return ExitCode.OK;
    }

    /** Neither the default file nor the environment is meant for it; what is asked for on the command line is. */
    private static Config config(ConfigOptions options, int port, Path directory) {
        Map<String, String> fixed = Map.of(
                "http.host", "127.0.0.1",
                "http.port", Integer.toString(port),
                "management.host", "127.0.0.1",
                "management.port", "0",
                "database.url", "jdbc:h2:mem:demo");
        return options.read(directory, Map.of(), fixed, warning -> {});
    }

    private static void seed(Administration admin) {
        admin.clients().create(tutorial(), "1_aaa", false, "bbb");
        admin.clients().create(resourceServer(), "2_ccc", false, "ddd");
        admin.users()
                .create("alice", "alice-password")
                .ifPresent(alice -> admin.links().add(alice.id(), "1_aaa", LinkTerms.ALL));
        admin.users().create("bob", "bob-password");
    }

    private static ClientSettings tutorial() {
        return new ClientSettings(
                "Tutorial",
                Set.copyOf(ClientSettings.GRANTS),
                Set.of("read", "write"),
                Map.of(),
                Set.of("http://127.0.0.1:3000/callback"),
                false,
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                null);
    }

    private static ClientSettings resourceServer() {
        return new ClientSettings(
                "Resource server",
                Set.of(),
                Set.of(),
                Map.of(),
                Set.of(),
                true,
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                null);
    }

    /** A device that waits for its user. */
    private static DeviceAuthorizationResponse television(Administration admin, String issuer) {
        var codes = new DeviceCodes(admin.database(), admin.config().device(), admin.clock());
        var client = admin.clients().find("1_aaa").orElseThrow();
        return DeviceAuthorizationResponse.of(issuer, codes.begin(client, Set.of("read")));
    }

    private static String story(String issuer, DeviceAuthorizationResponse television) throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream("/demo.txt")) {
            if (in == null) {
                throw new IOException("demo.txt is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("VERIFICATION_URI_COMPLETE", television.verificationUriComplete())
                    .replace("QR_CODE", QrText.of(television.verificationUriComplete(), "# "))
                    .replace("DEVICE_CODE", television.deviceCode())
                    .replace("http://localhost:8080", issuer)
                    .replace("target/service.jar", jar());
        }
    }

    private static String jar() throws IOException {
        try {
            Path jar = Path.of(DemoCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path here = Path.of("").toAbsolutePath();
            return (jar.startsWith(here) ? here.relativize(jar) : jar).toString();
        } catch (URISyntaxException e) {
            throw new IOException("the jar has no path", e);
        }
    }
}
