package dev.symbolon.cli;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.migrate.FosImport;
import dev.symbolon.migrate.FosImport.LinksMean;
import dev.symbolon.migrate.FosImport.Names;
import dev.symbolon.migrate.FosImport.Source;
import dev.symbolon.migrate.ImportException;
import dev.symbolon.migrate.ImportReport;
import dev.symbolon.policy.PolicyMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code import fos}. */
@Command(
        name = "fos",
        description = "Carry over clients, users, links and live tokens from FOSOAuthServerBundle and FOSUserBundle:"
                + " all of it, or nothing.")
final class ImportFos extends AdminCommand {
    private static final String MEANINGS =
            "--links-mean takes assignment (an administrator let the user use the client),"
                    + " consent (the user once clicked \"allow\"), or nothing (leave them out)";

    @Option(
            names = "--jdbc-url",
            required = true,
            paramLabel = "URL",
            description = "jdbc:mariadb://…, jdbc:mysql://…, jdbc:postgresql://… or jdbc:sqlite:FILE. It is only read,"
                    + " by the running service if there is one.")
    private String url = "";

    @Option(names = "--user", paramLabel = "USER", description = "Of that database.")
    private String user = "";

    @Option(names = "--password-stdin", description = "Read that user's password from standard input, one line.")
    private boolean passwordStdin;

    @Option(
            names = "--drivers",
            paramLabel = "DIRECTORY",
            description = "Where jars of JDBC drivers are (default: ${DEFAULT-VALUE}); PostgreSQL needs none.")
    private Path drivers = Path.of("drivers");

    @Option(names = "--client-table", paramLabel = "TABLE", description = "If it has none of the usual names.")
    private @Nullable String clientTable;

    @Option(names = "--user-table", paramLabel = "TABLE", description = "If it has none of the usual names.")
    private @Nullable String userTable;

    @Option(names = "--link-table", paramLabel = "TABLE", description = "If it has none of the usual names.")
    private @Nullable String linkTable;

    @Option(
            names = "--token-tables",
            paramLabel = "ACCESS,REFRESH",
            split = ",",
            description = "If they have none of the usual names.")
    private List<String> tokenTables = List.of();

    @Option(
            names = "--links-mean",
            paramLabel = "MEANING",
            description = "What a row of the link table says: assignment, consent or nothing. Look into your"
                    + " application: who inserts it, an administrator or onPostAuthorization?")
    private @Nullable String linksMean;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "The supported_scopes of your config.yml, which every client gets. Repeatable.")
    private List<String> scopes = List.of();

    @Option(
            names = "--policy-mode",
            paramLabel = "MODE",
            description = "Of the clients: audit, enforce or 'default' (default: ${DEFAULT-VALUE}).")
    private String policyMode = "audit";

    @Option(
            names = "--hash-iterations",
            paramLabel = "N",
            description = "The iterations in your security.yml, if not Symfony's default.")
    private @Nullable Integer iterations;

    @Option(names = "--skip-bad", description = "Leave out rows that cannot be carried over, instead of all.")
    private boolean skipBad;

    @Option(names = "--dry-run", description = "Do it all, say what came of it, and undo it.")
    private boolean dryRun;

    @Override
    void run(Administration admin, Output output) {
        Terminal terminal = output.terminal();
        Names names = names();
        PolicyMode mode = mode();
        var source = new Source(
                url, user, passwordStdin ? PasswordOptions.line(terminal) : "", terminal.directory(), drivers);
        try {
            var options = new FosImport.Options(
                    names,
                    meaning(source, names, terminal),
                    ClientOptions.scopes(scopes),
                    mode,
                    iterations(),
                    skipBad,
                    dryRun);
            var fos = new FosImport(
                    admin.database(),
                    admin.clients(),
                    admin.hasher(),
                    admin.clock(),
                    admin.config().token().refreshTtl());
            var bar = new ProgressBar(terminal);
            ImportReport report = fos.run(source, options, (role, done, all) -> bar.show(role.wireName(), done, all));
            bar.end();
            if (!skipBad && report.bad().getCount() > 0) {
                throw refusal(report, terminal);
            }
            if (!dryRun) {
                record(report);
            }
            output.print(report, new ImportSummary(report).text());
        } catch (ImportException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static CommandFailure refusal(ImportReport report, Terminal terminal) {
        report.bad()
                .getEntries()
                .forEach(bad -> terminal.err().println(Output.plain(bad.row()) + ": " + Output.harmless(bad.what())));
        return new CommandFailure("nothing was imported, for " + report.bad().getCount()
                + " rows that cannot be; --skip-bad leaves them out");
    }

    private static void record(ImportReport report) {
        Object[] imported = report.counts().entrySet().stream()
                .flatMap(count -> Stream.of(count.getKey(), count.getValue().getImported()))
                .toArray();
        AuditLog.record("fos-imported", imported);
    }

    private Names names() {
        if (!tokenTables.isEmpty() && tokenTables.size() != 2) {
            throw CommandFailure.badUsage("--token-tables takes two names: ACCESS,REFRESH");
        }
        return new Names(
                clientTable,
                userTable,
                linkTable,
                tokenTables.isEmpty() ? null : tokenTables.get(0),
                tokenTables.isEmpty() ? null : tokenTables.get(1));
    }

    private @Nullable Integer iterations() {
        if (iterations != null && iterations < 1) {
            throw CommandFailure.badUsage("--hash-iterations takes a number from 1");
        }
        return iterations;
    }

    private @Nullable PolicyMode mode() {
        return policyMode.equals("default")
                ? null
                : PolicyMode.of(policyMode)
                        .orElseThrow(() -> CommandFailure.badUsage(
                                "--policy-mode takes enforce, audit or default, not " + Output.plain(policyMode)));
    }

    /** Null if there are no links. */
    private @Nullable LinksMean meaning(Source source, Names names, Terminal terminal) {
        if (linksMean != null) {
            return meaning(linksMean).orElseThrow(() -> CommandFailure.badUsage(MEANINGS));
        }
        if (!FosImport.hasLinks(source, names)) {
            return null;
        }
        if (!terminal.interactive()) {
            throw CommandFailure.badUsage("there are links, and what they mean is for you to say: " + MEANINGS);
        }
        try {
            return terminal.prompt("What do the links mean? assignment: an administrator let the user use the client;"
                            + " consent: the user once clicked \"allow\"; nothing: leave them out: ")
                    .flatMap(ImportFos::meaning)
                    .orElseThrow(() -> CommandFailure.badUsage(MEANINGS));
        } catch (IOException e) {
            throw new CommandFailure("the answer cannot be had: " + e.getMessage());
        }
    }

    private static Optional<LinksMean> meaning(String word) {
        return Stream.of(LinksMean.values())
                .filter(meaning -> meaning.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                .findFirst();
    }
}
