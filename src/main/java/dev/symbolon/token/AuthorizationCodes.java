package dev.symbolon.token;

import dev.symbolon.audit.AuditLog;
import dev.symbolon.client.Client;
import dev.symbolon.store.Database;
import dev.symbolon.store.TimeOrderedId;
import dev.symbolon.token.TokenValue.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes authorization codes, finds them, and takes back what one was exchanged for. Thread-safe. */
public final class AuthorizationCodes {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationCodes.class);

    private final Database database;
    private final Duration lifetime;
    private final Clock clock;

    public AuthorizationCodes(Database database, Duration lifetime, Clock clock) {
        this.database = database;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * What a code is bound to.
     *
     * @param redirectUriSent whether the request named the redirect URI
     * @param challenge of PKCE, S256; null for none
     * @param epoch the sum of the counters of client, user and pair, read before the login was checked
     */
    public record Binding(
            Client client,
            UUID userId,
            Set<String> scopes,
            String redirectUri,
            boolean redirectUriSent,
            @Nullable String challenge,
            long epoch) {}

    /** @return the code, for the client alone */
    public String issue(Binding binding) {
        Instant now = clock.instant();
        TokenValue code = TokenValue.random(Kind.CODE, now);
        var row = new AuthorizationCode(
                code.id(),
                code.hash(),
                binding.client().id(),
                binding.userId(),
                binding.scopes(),
                binding.redirectUri(),
                binding.redirectUriSent(),
                binding.challenge(),
                TimeOrderedId.at(now),
                binding.epoch(),
                now.plus(lifetime),
                null);
        database.write(session -> {
            session.later(AuthorizationCodeDao.CODES, row);
            return true;
        });
        return code.encoded();
    }

    /** Any code of ours, used or expired ones among them; empty for anything else. */
    Optional<AuthorizationCode> find(String text) {
        return TokenValue.parse(text)
                .filter(value -> value.kind() == Kind.CODE)
                .flatMap(value -> database.read(AuthorizationCodeDao.class, dao -> dao.find(value.id()))
                        .filter(code -> value.matches(code.hash())));
    }

    /** A second use (RFC 6749 section 4.1.2): takes back all that came of the first, which has been committed. */
    void revokeFamily(AuthorizationCode code) {
        database.write(session -> session.attach(TokenDao.class).revokeFamily(code.familyId(), clock.instant()));
        LOG.warn(
                "authorization code {} of client {} was used again: its family is revoked", code.id(), code.clientId());
        AuditLog.record("code-reused", "client", code.clientId(), "code", code.id(), "family", code.familyId());
    }
}
