package dev.symbolon.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup FILE}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copy the embedded database to a new ZIP file, while the service runs or while it does not. To"
                + " restore, stop the service and unpack the file into the database's directory.")
final class BackupCommand extends AdminCommand {
    @Parameters(paramLabel = "FILE", description = "Must not be there; its directory must.")
    private Path file = Path.of("");

    @Override
    void run(Administration admin, Output output) {
        Path whole = output.terminal().directory().resolve(file).normalize();
        admin.database().backup(whole);
        output.print(Map.of("file", whole.toString()), "Backed up to " + whole + ".");
    }
}
