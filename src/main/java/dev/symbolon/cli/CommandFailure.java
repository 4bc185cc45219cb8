package dev.symbolon.cli;

import picocli.CommandLine.ExitCode;

/** A command ends without having done what was asked: one line on standard error, and the exit code. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String line) {
        super(line, null, false, false);
        this.exitCode = exitCode;
    }

    /** It could not be done. */
    CommandFailure(String line) {
        this(ExitCode.SOFTWARE, line);
    }

    /** It makes no sense. */
    static CommandFailure badUsage(String line) {
        return new CommandFailure(ExitCode.USAGE, line);
    }

    int exitCode() {
        return exitCode;
    }
}
