package dev.symbolon.cli;

import dev.symbolon.audit.AuditLog;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup FILE}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Copy the embedded database to a new ZIP file, while the service runs or while it does not. To"
                        + " restore, stop the service, delete the database's .version file, and unpack this one into its directory.")
final class BackupCommand extends AdminCommand {
    @Parameters(paramLabel = "FILE", description = "Must not be there; its directory must.")
    private Path file = Path.of("");

    @Override
    void run(Administration admin, Output output) {
        Path whole = output.terminal().directory().resolve(file).normalize();
        admin.database().backup(whole);
        AuditLog.record("backed-up", "file", whole);
        output.print(Map.of("file", whole.toString()), "Backed up to " + whole + ".");
    }
}
