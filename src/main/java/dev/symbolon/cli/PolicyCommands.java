package dev.symbolon.cli;

import dev.symbolon.audit.LetThrough;
import dev.symbolon.audit.LetThroughDao;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code policy …}: what the policy would do. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "The policy: who would be locked out if it were enforced.",
        subcommands = PolicyCommands.Report.class)
final class PolicyCommands {
    private record Document(
            @Nullable String username, String clientId, String reason, long count, Instant first, Instant last) {
        static Document of(LetThrough row) {
            return new Document(row.username(), row.clientId(), row.reason(), row.times(), row.firstAt(), row.lastAt());
        }

        List<String> cells() {
            return List.of(
                    username == null ? "-" : username,
                    clientId,
                    reason,
                    Long.toString(count),
                    first.toString(),
                    last.toString());
        }
    }

    @Command(name = "report", description = "List the users that audit mode let through, the most frequent first.")
    static final class Report extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            List<LetThrough> rows = admin.database().read(LetThroughDao.class, LetThroughDao::list);
            output.list(
                    (@Nullable LetThrough after, int most) -> after == null ? rows : List.of(),
                    Document::of,
                    List.of("USER", "CLIENT", "REASON", "COUNT", "FIRST", "LAST"),
                    Document::cells);
        }
    }
}
