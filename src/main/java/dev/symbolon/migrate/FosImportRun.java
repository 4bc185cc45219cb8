package dev.symbolon.migrate;

import dev.symbolon.client.Client;
import dev.symbolon.client.Clients;
import dev.symbolon.migrate.FosImport.LinksMean;
import dev.symbolon.migrate.FosImport.Options;
import dev.symbolon.migrate.FosImport.Progress;
import dev.symbolon.migrate.FosImport.Role;
import dev.symbolon.migrate.ImportReport.Count;
import dev.symbolon.migrate.SourceDatabase.Table;
import dev.symbolon.store.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt to carry all of it over, in a transaction that somebody else ends. */
final class FosImportRun {
    private final ImportDao dao;
    private final Session session;
    private final SourceDatabase source;
    private final FosTables tables;
    private final Options options;
    private final ImportReport report;
    private final Progress progress;
    private final Clock clock;
    private final Instant now;
    private final long epoch;
    private final Set<String> fresh = new HashSet<>();

    FosImportRun(
            Session session,
            SourceDatabase source,
            FosTables tables,
            Options options,
            ImportReport report,
            Progress progress,
            Clock clock,
            Instant now) {
        this.session = session;
        this.dao = session.attach(ImportDao.class);
        this.source = source;
        this.tables = tables;
        this.options = options;
        this.report = report;
        this.progress = progress;
        this.clock = clock;
        this.now = now;
        this.epoch = dao.nextEpoch();
    }

    /** @param endless when a token ends that had no end */
    void run(List<Client> read, Instant endless) {
        clients(read);
        users();
        links();
        tokens(Role.ACCESS_TOKENS, tables.accessTokens(), endless);
        tokens(Role.REFRESH_TOKENS, tables.refreshTokens(), endless);
    }

    private void clients(List<Client> read) {
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

    private void tokens(Role role, @Nullable Table table, Instant endless) {
        if (table == null) {
            return;
        }
        Count count = report.count(role.wireName());
        new FosTokens(source, tables).read(role, table, now, endless, report, page -> {
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
