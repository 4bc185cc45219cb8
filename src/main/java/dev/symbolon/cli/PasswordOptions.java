package dev.symbolon.cli;

import dev.symbolon.cli.remote.Terminal;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A user's password: given, read from standard input, or asked for twice on a terminal. */
final class PasswordOptions {
    static final class Given {
        @Option(
                names = "--password",
                paramLabel = "PASSWORD",
                description = "Careful: others on the machine can see it in the list of processes.")
        private @Nullable String password;

        @Option(names = "--password-stdin", description = "Read it from standard input, one line.")
        private boolean stdin;
    }

    @ArgGroup
    private @Nullable Given given;

    String given(Terminal terminal) {
        if (given == null) {
            return asked(terminal);
        }
        return given.stdin ? line(terminal) : Objects.requireNonNull(given.password);
    }

    static String line(Terminal terminal) {
        try {
            return terminal.readLine().orElseThrow(() -> new CommandFailure("standard input is empty"));
        } catch (IOException e) {
            throw new CommandFailure("standard input: " + e.getMessage());
        }
    }

    private static String asked(Terminal terminal) {
        if (!terminal.interactive()) {
            throw CommandFailure.badUsage("there is no terminal to ask for the password: use --password-stdin");
        }
        try {
            String password =
                    terminal.promptHidden("Password: ").orElseThrow(() -> new CommandFailure("no password was typed"));
            return terminal.promptHidden("Again: ")
                    .filter(password::equals)
                    .orElseThrow(() -> new CommandFailure("the two passwords differ"));
        } catch (IOException e) {
            throw new CommandFailure("the password could not be asked for: " + e.getMessage());
        }
    }
}
