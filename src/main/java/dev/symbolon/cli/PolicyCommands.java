package dev.symbolon.cli;

import picocli.CommandLine.Command;

/** {@code policy …}: what the policy would do, and did. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "The policy: what it decides about a user, and who would be locked out if it were enforced.",
        subcommands = {PolicyCheck.class, PolicyReport.class})
final class PolicyCommands {}
