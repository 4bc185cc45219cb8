package dev.symbolon.cli;

import dev.symbolon.migrate.ImportReport;
import dev.symbolon.migrate.ImportReport.Listing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The report of an import for people: what was found, what became of it, and what to do next. */
record ImportSummary(ImportReport report) {
    private static final int SHOWN = 20;

    String text() {
        var text = new StringWriter();
        try (var out = new PrintWriter(text)) {
            counts(out);
            list(out, "Disabled, since their account was not open:", report.disabled());
            if (!report.roles().isEmpty()) {
                out.println("\nRoles, which there are none of here: "
                        + report.roles().entrySet().stream()
                                .limit(SHOWN)
                                .map(role -> role.getKey() + " (" + role.getValue() + ")")
                                .collect(Collectors.joining(", ")));
            }
            list(out, "Carried over in part:", report.changed());
            list(out, "Left out:", report.bad());
            if (report.counts().values().stream()
                            .mapToLong(ImportReport.Count::getLeftOut)
                            .sum()
                    > report.bad().getCount()) {
                out.println("\nLeft out, too: links and tokens of users and clients that are disabled or left out.");
            }
            list(out, "Secrets that are too weak to keep (PHP gave them 54 bits at most):", report.weakSecrets());
            next(out);
        }
        return text.toString().stripTrailing();
    }

    private void counts(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        report.tables().forEach((role, table) -> {
            ImportReport.Count count = report.counts().get(role);
            rows.add(
                    count == null
                            ? List.of(role, table.isEmpty() ? "-" : table, "-", "-", "-", "-")
                            : List.of(
                                    role,
                                    table,
                                    Long.toString(count.getRead()),
                                    Long.toString(count.getImported()),
                                    Long.toString(count.getAlready()),
                                    Long.toString(count.getLeftOut())));
        });
        new Table(out, List.of("WHAT", "TABLE", "READ", "NEW", "HERE BEFORE", "LEFT OUT")).print(rows);
    }

    private static void list(PrintWriter out, String title, Listing listing) {
        if (listing.getCount() == 0) {
            return;
        }
        out.println("\n" + title);
        listing.getEntries().stream()
                .limit(SHOWN)
                .forEach(entry -> out.println("  " + Output.plain(entry.row()) + ": " + Output.plain(entry.what())));
        if (listing.getCount() > SHOWN) {
            out.println("  … and " + (listing.getCount() - SHOWN) + " more; --json lists them");
        }
    }

    private void next(PrintWriter out) {
        out.println(
                report.dryRun() ? "\nNothing was changed: this was a dry run. Without --dry-run, next:" : "\nNext:");
        report.weakSecrets().getEntries().stream()
                .limit(SHOWN)
                .forEach(weak -> out.println("  symbolon client rotate-secret " + weak.row() + " --keep-old 30d"));
        out.println("  symbolon policy report                         after some weeks: who would be locked out");
        out.println("  symbolon policy report --grant-links           or link add: who belongs is linked");
        out.println("  symbolon client update ID --policy-mode enforce");
    }
}
