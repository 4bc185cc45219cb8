package dev.symbolon.migrate;

import dev.symbolon.client.Client;
import dev.symbolon.client.Clients;
import dev.symbolon.migrate.SourceDatabase.Table;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.PolicyMode;
import dev.symbolon.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves in from FOSOAuthServerBundle: all of it in one transaction, or nothing. What is here already stays as it is, so
 * that a second time adds only what is new. Memory does not grow with users and tokens, which pass through in pages.
 */
public final class FosImport {
    private final Database database;
    private final PasswordHasher hasher;
    private final Clock clock;
    private final Clients clients;
    private final Duration endlessTtl;

    /** What rows of the link table mean, which the bundle leaves to the application. */
    public enum LinksMean {
        ASSIGNMENT,
        CONSENT,
        NOTHING
    }

    /** What a table holds. */
    public enum Role {
        CLIENTS,
        USERS,
        LINKS,
        ACCESS_TOKENS,
        REFRESH_TOKENS;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where it comes from.
     *
     * @param directory what relative names are relative to
     * @param drivers a directory with jars of JDBC drivers, which need not be there
     */
    public record Source(String url, String user, String password, Path directory, Path drivers) {
        /** Never the password. */
        @Override
        public String toString() {
            return "Source[]";
        }
    }

    /** Names of tables; null for the usual ones. */
    public record Names(
            @Nullable String clients,
            @Nullable String users,
            @Nullable String links,
            @Nullable String accessTokens,
            @Nullable String refreshTokens) {}

    /**
     * How to go about it.
     *
     * @param linksMean null if nobody knows
     * @param scopes that each client gets, along with those of its live tokens
     * @param policyMode of the clients; null for the configured one
     * @param iterations of Symfony's digests and PBKDF2; null for the defaults
     * @param skipBad whether rows that cannot be carried over are left out, or nothing is carried over
     */
    public record Options(
            Names names,
            @Nullable LinksMean linksMean,
            Set<String> scopes,
            @Nullable PolicyMode policyMode,
            @Nullable Integer iterations,
            boolean skipBad,
            boolean dryRun) {}

    /** Told how far it has got. */
    public interface Progress {
        void at(Role role, long done, long all);
    }

    /** Undoes the transaction. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ImportReport report;

        Undone(ImportReport report) {
            super("undone", null, false, false);
            this.report = report;
        }
    }

    /** @param endlessTtl how long a token lives on that has no end */
    public FosImport(Database database, Clients clients, PasswordHasher hasher, Clock clock, Duration endlessTtl) {
        this.database = database;
        this.clients = clients;
        this.hasher = hasher;
        this.clock = clock;
        this.endlessTtl = endlessTtl;
    }

    /** Whether the source has links, so that somebody has to say what they mean. */
    public static boolean hasLinks(Source from, Names names) {
        try (SourceDatabase source = open(from)) {
            Table links = FosTables.find(source, names).links();
            return links != null && source.count(links) > 0;
        }
    }

    /**
     * @return what was done, or would be: nothing was if it says that there are bad rows and they are not to be skipped
     * @throws ImportException if the source cannot be read
     */
    public ImportReport run(Source from, Options options, Progress progress) {
        try (SourceDatabase source = open(from)) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            FosTables tables = FosTables.find(source, options.names());
            var report = new ImportReport(options.dryRun(), tables.names());
            Predicate<String> isThere = id -> clients.find(id).isPresent();
            List<Client> read = new FosClients(source, tables, options, hasher, isThere).read(report, now);
            return database.writeLong(session -> {
                new FosImportRun(session, source, tables, options, report, progress, clock, now)
                        .run(read, now.plus(endlessTtl));
                if (options.dryRun() || (report.bad().getCount() > 0 && !options.skipBad())) {
                    throw new Undone(report);
                }
                return report;
            });
        } catch (Undone undone) {
            return undone.report;
        }
    }

    private static SourceDatabase open(Source from) {
        return SourceDatabase.open(from.url(), from.user(), from.password(), from.directory(), from.drivers());
    }
}
