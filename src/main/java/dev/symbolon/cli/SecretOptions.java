package dev.symbolon.cli;

import dev.symbolon.cli.remote.Terminal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A client's secret, which is made up if it is not given. */
final class SecretOptions {
    static final class Given {
        @Option(
                names = "--secret",
                paramLabel = "SECRET",
                description =
                        "Made up if not given. Careful: others on the machine can see it in the list of processes.")
        private @Nullable String secret;

        @Option(names = "--secret-stdin", description = "Read it from standard input, one line.")
        private boolean stdin;
    }

    @ArgGroup
    private @Nullable Given given;

    String given(Terminal terminal) {
        if (given == null) {
            return Generated.secret();
        }
        return given.stdin ? PasswordOptions.line(terminal) : Objects.requireNonNull(given.secret);
    }

    /** For a public client, which has none. */
    @Nullable
    String refuse() {
        if (given != null) {
            throw CommandFailure.badUsage("a public client has no secret: leave out --secret");
        }
        return null;
    }
}
