package dev.symbolon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** What is typed first; alone it means {@code serve}. */
@Command(
        name = "symbolon",
        scope = ScopeType.INHERIT, // --help and --version everywhere
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        description = "A lightweight OAuth 2.0 authorization server. Without a command it serves.")
final class RootCommand {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    ConfigOptions config() {
        return config;
    }

    /** From the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RootCommand.class.getPackage().getImplementationVersion();
            return new String[] {"symbolon " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
