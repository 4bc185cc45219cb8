package dev.symbolon.cli;

import picocli.CommandLine.Command;

/** {@code import …}: moving in from elsewhere. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Moving in from another authorization server.",
        subcommands = ImportFos.class)
final class ImportCommands {}
