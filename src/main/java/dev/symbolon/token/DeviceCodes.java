package dev.symbolon.token;

import dev.symbolon.client.Client;
import dev.symbolon.config.Config;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import dev.symbolon.store.Database;
import dev.symbolon.store.Session;
import dev.symbolon.token.DeviceCode.Answer;
import dev.symbolon.token.TokenValue.Kind;
import dev.symbolon.user.ResourceOwner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes device codes, finds them by the code that the device holds and by the one that its user types, and keeps the
 * user's answer. Thread-safe.
 *
 * <p>User codes are short, so guesses at them are counted in the database, by all instances together (RFC 8628 section
 * 5.1). All users together, if they guess as often as they may, find one of a hundred codes that wait in five years.
 */
public final class DeviceCodes {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceCodes.class);

    /** RFC 8628 section 3.5. */
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private static final Duration ATTEMPTS_COUNT_FOR = Duration.ofMinutes(10);
    private static final int ATTEMPTS_OF_ONE = 10;
    private static final int ATTEMPTS_OF_ALL = 1000;
    private static final UUID ALL = new UUID(0, 0);

    private final Database database;
    private final Config.Device config;
    private final Clock clock;

    public DeviceCodes(Database database, Config.Device config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /** What a device gets to begin with. */
    public record Begun(String deviceCode, UserCode userCode, Duration lifetime, Duration interval) {
        /** Never the codes. */
        @Override
        public String toString() {
            return "Begun";
        }
    }

    /** What typing a user code came to; {@code code} is null if there is none that this user can answer. */
    public record Entry(boolean tooMany, @Nullable DeviceCode code) {}

    /** @param scopes those that the client names; null if it names none */
    public Begun begin(Client client, @Nullable Set<String> scopes) {
        Instant now = clock.instant();
        TokenValue deviceCode = TokenValue.random(Kind.DEVICE_CODE, now);
        UserCode userCode;
        do {
            userCode = UserCode.random();
        } while (!insert(deviceCode, userCode, client, scopes, now));
        return new Begun(deviceCode.encoded(), userCode, config.codeTtl(), config.interval());
    }

    private boolean insert(
            TokenValue code, UserCode userCode, Client client, @Nullable Set<String> scopes, Instant now) {
        return database.write(session -> session.attach(DeviceCodeDao.class)
                .insert(
                        code.id(),
                        code.hash(),
                        userCode.letters(),
                        client.id(),
                        scopes,
                        client.epoch(),
                        config.interval(),
                        now,
                        now.plus(config.codeTtl())));
    }

    /** Any device code of ours, used or expired ones among them; empty for anything else. */
    Optional<DeviceCode> find(String text) {
        return TokenValue.parse(text)
                .filter(value -> value.kind() == Kind.DEVICE_CODE)
                .flatMap(value -> database.read(DeviceCodeDao.class, dao -> dao.find(value.id()))
                        .filter(code -> value.matches(code.hash())));
    }

    /** What a device is told that polls while its user has not answered (RFC 8628 section 3.5). */
    OAuthError poll(DeviceCode code, Instant now) {
        boolean inTime = database.write(session -> {
            DeviceCodeDao dao = session.attach(DeviceCodeDao.class);
            Instant next = now.plus(code.pollInterval());
            return dao.poll(code.id(), now, next) || !dao.slowDown(code.id(), next.plus(SLOWER), SLOWER);
        });
        return inTime
                ? new OAuthError(Code.AUTHORIZATION_PENDING, "the user has not answered yet: poll again")
                : new OAuthError(Code.SLOW_DOWN, "leave 5 seconds more between two polls from now on");
    }

    /**
     * Finds what a user has typed. An attempt counts from before the code is looked for, so that none are free that come
     * at the same time, until it proves right.
     */
    public Entry enter(UserCode code, UUID userId) {
        Instant now = clock.instant();
        Entry entry = database.write(session -> enter(session, code, userId, now));
        if (entry.tooMany()) {
            LOG.warn("user {} is not let try more user codes for some minutes", userId);
        }
        return entry;
    }

    private static Entry enter(Session session, UserCode code, UUID userId, Instant now) {
        DeviceCodeDao dao = session.attach(DeviceCodeDao.class);
        if (!countAttempt(dao, userId, ATTEMPTS_OF_ONE, now) || !countAttempt(dao, ALL, ATTEMPTS_OF_ALL, now)) {
            return new Entry(true, null);
        }
        DeviceCode found = dao.find(code.letters(), userId, now).orElse(null);
        if (found != null) {
            dao.forgiveAttempt(userId);
            dao.forgiveAttempt(ALL);
        }
        return new Entry(false, found);
    }

    private static boolean countAttempt(DeviceCodeDao dao, UUID userId, int most, Instant now) {
        Instant end = now.plus(ATTEMPTS_COUNT_FOR);
        return dao.countAttempt(userId, most, now, end) || dao.countFirstAttempt(userId, end);
    }

    /**
     * Keeps the user's answer, unless there is one already or it comes too late.
     *
     * @param client as {@code owner} read before the login was checked
     */
    public void answer(DeviceCode code, Client client, ResourceOwner owner, Answer answer, Set<String> granted) {
        long epoch = client.epoch() + owner.epoch();
        database.write(session -> session.attach(DeviceCodeDao.class)
                .answer(code.id(), owner.id(), answer, granted, epoch, clock.instant()));
    }
}
