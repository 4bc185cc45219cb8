package dev.symbolon.cli;

import dev.symbolon.audit.LetThrough;
import dev.symbolon.audit.LetThroughDao;
import dev.symbolon.link.Links;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code policy report}: whom audit mode let through, and how to let them in for good. */
@Command(name = "report", description = "List the users that audit mode let through, the most frequent first.")
final class PolicyReport extends AdminCommand {
    private record Document(
            @Nullable String username, String clientId, String reason, long count, Instant first, Instant last) {
        static final List<String> MEMBERS = List.of("username", "client_id", "reason", "count", "first", "last");

        static Document of(LetThrough row) {
            return new Document(row.username(), row.clientId(), row.reason(), row.times(), row.firstAt(), row.lastAt());
        }

        /** @param nobody stands for no user */
        List<String> cells(String nobody) {
            return List.of(
                    username == null ? nobody : username,
                    clientId,
                    reason,
                    Long.toString(count),
                    first.toString(),
                    last.toString());
        }
    }

    private record Granted(String username, String clientId, boolean linked) {}

    @Option(names = "--client", paramLabel = "CLIENT", description = "Of this client only.")
    private @Nullable String client;

    @Option(names = "--csv", description = "Print comma-separated values with a header.")
    private boolean csv;

    @Option(
            names = "--grant-links",
            description = "Link the users of the report who are not linked by now, with all scopes; asks first.")
    private boolean grantLinks;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    void run(Administration admin, Output output) {
        if (csv && (output.isJson() || grantLinks)) {
            throw CommandFailure.badUsage("--csv goes neither with --json nor with --grant-links");
        }
        String clientId = client == null ? null : client(admin, client).id();
        Instant now = admin.clock().instant();
        List<LetThrough> rows = admin.database() // only read, in as much time as it takes
                .writeAlone(session -> session.attach(LetThroughDao.class).list(clientId, now));
        if (csv) {
            PrintWriter out = output.terminal().out();
            Csv.line(out, Document.MEMBERS);
            rows.forEach(row -> Csv.line(out, Document.of(row).cells("")));
        } else if (grantLinks) {
            grant(admin, output, rows);
        } else {
            print(output, rows);
        }
    }

    private static void print(Output output, List<LetThrough> rows) {
        output.list(
                (@Nullable LetThrough after, int most) -> after == null ? rows : List.of(),
                Document::of,
                List.of("USER", "CLIENT", "REASON", "COUNT", "FIRST", "LAST"),
                row -> row.cells("-"));
    }

    private void grant(Administration admin, Output output, List<LetThrough> rows) {
        List<LetThrough> unlinked = rows.stream()
                .filter(row -> row.userId() != null && !row.linked())
                .toList();
        List<Links.Pair> pairs =
                unlinked.stream().map(PolicyReport::pair).distinct().toList();
        if (!yes && !pairs.isEmpty()) {
            confirm(output, unlinked, pairs.size());
        }
        Set<Links.Pair> linked = Set.copyOf(admin.links().addMissing(pairs));
        List<Granted> granted = unlinked.stream()
                .filter(row -> linked.contains(pair(row)))
                .map(row -> new Granted(String.valueOf(row.username()), row.clientId(), true))
                .distinct()
                .toList();
        output.print(granted, "Linked " + granted.size() + " of the users of the report.");
    }

    private static Links.Pair pair(LetThrough row) {
        return new Links.Pair(Objects.requireNonNull(row.userId()), row.clientId());
    }

    private static void confirm(Output output, List<LetThrough> unlinked, int pairs) {
        if (output.isJson() || !output.terminal().interactive()) {
            throw CommandFailure.badUsage("nobody can be asked whether to link " + pairs + " users: use --yes");
        }
        print(output, unlinked);
        try {
            String answer = output.terminal()
                    .prompt("Link " + pairs + " of them to their clients, with all scopes? [y/N] ")
                    .orElse("");
            if (!List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
                throw new CommandFailure("nobody was linked");
            }
        } catch (IOException e) {
            throw new CommandFailure("the answer cannot be had: " + e.getMessage());
        }
    }
}
