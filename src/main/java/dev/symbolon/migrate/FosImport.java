package dev.symbolon.migrate;

import dev.symbolon.client.Client;
import dev.symbolon.client.Clients;
import dev.symbolon.migrate.ImportReport.Count;
import dev.symbolon.migrate.SourceDatabase.Table;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.PolicyMode;
import dev.symbolon.store.Database;
import dev.symbolon.store.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
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
            return database.writeLong(
                    session -> new Run(session, source, tables, options, read, report, progress, now).run());
        } catch (Undone undone) {
            return undone.report;
        }
    }

    private static SourceDatabase open(Source from) {
        return SourceDatabase.open(from.url(), from.user(), from.password(), from.directory(), from.drivers());
    }

    /** One attempt. */
    private final class Run {
        private final ImportDao dao;
        private final Session session;
        private final SourceDatabase source;
        private final FosTables tables;
        private final Options options;
        private final List<Client> read;
        private final ImportReport report;
        private final Progress progress;
        private final Instant now;
        private final long epoch;
        private final Set<String> fresh = new HashSet<>();

        Run(
                Session session,
                SourceDatabase source,
                FosTables tables,
                Options options,
                List<Client> read,
                ImportReport report,
                Progress progress,
                Instant now) {
            this.session = session;
            this.dao = session.attach(ImportDao.class);
            this.source = source;
            this.tables = tables;
            this.options = options;
            this.read = read;
            this.report = report;
            this.progress = progress;
            this.now = now;
            this.epoch = dao.nextEpoch();
        }

        ImportReport run() {
            clients();
            users();
            links();
            tokens(Role.ACCESS_TOKENS, tables.accessTokens());
            tokens(Role.REFRESH_TOKENS, tables.refreshTokens());
            if (options.dryRun() || (report.bad().getCount() > 0 && !options.skipBad())) {
                throw new Undone(report);
            }
            return report;
        }

        private void clients() {
            Count count = report.count(Role.CLIENTS.wireName());
            for (Client client : read) {
                if (Clients.insert(session, client)) {
                    fresh.add(client.id());
                    count.imported();
                } else {
                    count.already();
                }
            }
        }

        private void users() {
            Count count = report.count(Role.USERS.wireName());
            long all = source.count(tables.users());
            new FosUsers(source, tables.users(), options.iterations(), now, clock).read(report, page -> {
                int[] inserted = dao.insertUsers(page, epoch);
                for (int i = 0; i < inserted.length; i++) {
                    ImportedUser user = page.get(i);
                    if (inserted[i] > 0) {
                        count.imported();
                    } else if (dao.isNewUser(user.nameKey(), epoch)) {
                        report.bad(
                                Role.USERS.wireName(),
                                user.source(),
                                "another user has the name " + user.username() + ", but for upper and lower case");
                    } else {
                        count.already();
                    }
                }
                progress.at(Role.USERS, count.getRead(), all);
            });
        }

        private void links() {
            Table table = tables.links();
            if (table == null || options.linksMean() == null || options.linksMean() == LinksMean.NOTHING) {
                return;
            }
            Count count = report.count(Role.LINKS.wireName());
            long all = source.count(table);
            new FosTokens(source, tables).readLinks(table, fresh, report, page -> {
                int[] inserted = options.linksMean() == LinksMean.ASSIGNMENT
                        ? dao.insertLinks(page, epoch, now)
                        : dao.insertConsents(page, epoch, now);
                for (int i = 0; i < inserted.length; i++) {
                    boolean there = inserted[i] == 0
                            && areHere(page.get(i).nameKey(), page.get(i).clientId());
                    tally(count, inserted[i] > 0, there);
                }
                progress.at(Role.LINKS, count.getRead(), all);
            });
        }

        private void tokens(Role role, @Nullable Table table) {
            if (table == null) {
                return;
            }
            Count count = report.count(role.wireName());
            new FosTokens(source, tables).read(role, table, now, now.plus(endlessTtl), report, page -> {
                int[] inserted = dao.insertTokens(page, now);
                List<ImportedToken> stored = new ArrayList<>();
                for (int i = 0; i < inserted.length; i++) {
                    ImportedToken token = page.get(i);
                    if (inserted[i] > 0) {
                        stored.add(token);
                    }
                    tally(count, inserted[i] > 0, inserted[i] == 0 && dao.isToken(token.id()));
                }
                dao.insertFamilies(stored, now);
                progress.at(role, count.getRead(), 0);
            });
        }

        private boolean areHere(byte[] nameKey, String clientId) {
            return dao.isUser(nameKey) && dao.isClient(clientId);
        }

        private static void tally(Count count, boolean imported, boolean already) {
            if (imported) {
                count.imported();
            } else if (already) {
                count.already();
            } else {
                count.leftOut();
            }
        }
    }
}
