package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.client.ClientSettings;
import dev.symbolon.client.Scopes;
import dev.symbolon.config.ScopeWords;
import dev.symbolon.config.Setting;
import dev.symbolon.config.Settings;
import dev.symbolon.limit.RateLimit;
import dev.symbolon.policy.PolicyMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an operator decides about a client; an option that is not given leaves things as they are. */
final class ClientOptions {
    private static final String DEFAULT = "default";

    @Option(names = "--name", paramLabel = "NAME", description = "Shown to people.")
    @Nullable
    String name;

    @Option(names = "--grant", paramLabel = "GRANT", split = ",", description = "Grant types it may use. Repeatable.")
    private @Nullable List<String> grants;

    @Option(names = "--scope", paramLabel = "SCOPE", split = ",", description = "Scopes it may ask for. Repeatable.")
    private @Nullable List<String> scopes;

    @Option(
            names = "--scope-description",
            paramLabel = "SCOPE=WORDS",
            description = "What a scope means to people: 'read=See your mail'. Repeatable.")
    private @Nullable List<String> scopeDescriptions;

    @Option(names = "--redirect-uri", paramLabel = "URI", split = ",", description = "Redirect URIs. Repeatable.")
    private @Nullable List<String> redirectUris;

    @Option(
            names = "--introspect",
            negatable = true,
            description = "May introspect every client's access tokens (a resource server).")
    private @Nullable Boolean introspect;

    @Option(names = "--policy", paramLabel = "TYPE", description = "Its own policy, or 'default'.")
    private @Nullable String policy;

    @Option(names = "--policy-mode", paramLabel = "MODE", description = "enforce, audit or 'default'.")
    private @Nullable String policyMode;

    @Option(names = "--access-ttl", paramLabel = "DURATION", description = "Such as 15m, or 'default'.")
    private @Nullable String accessTtl;

    @Option(names = "--refresh-ttl", paramLabel = "DURATION", description = "Such as 30d, or 'default'.")
    private @Nullable String refreshTtl;

    @Option(names = "--require-pkce", negatable = true, description = "Refuse an authorization code without PKCE.")
    private @Nullable Boolean requirePkce;

    @Option(names = "--trusted", negatable = true, description = "A first-party client: users need not consent.")
    private @Nullable Boolean trusted;

    @Option(
            names = "--compat-fos",
            negatable = true,
            description = "Answer it as FOSOAuthServerBundle did, where the configuration has compat.fos: true.")
    private @Nullable Boolean compatFos;

    @Option(
            names = "--rate-limit",
            paramLabel = "N/DURATION",
            description = "Requests it may make at each instance, such as 100/1s, or 'default': as many as it likes.")
    private @Nullable String rateLimit;

    /**
     * @param present what to keep where no option is given
     * @throws CommandFailure for a value that none of them takes
     */
    ClientSettings over(ClientSettings present, Set<String> policyTypes) {
        return new ClientSettings(
                name == null ? present.name() : name,
                words(grants, present.grants()),
                words(scopes, present.scopes()),
                descriptions(present.scopeDescriptions()),
                words(redirectUris, present.redirectUris()),
                introspect == null ? present.introspect() : introspect,
                choice(
                        "--policy",
                        policy,
                        present.policy(),
                        type -> Optional.of(type).filter(policyTypes::contains),
                        String.join(", ", policyTypes)),
                choice("--policy-mode", policyMode, present.policyMode(), PolicyMode::of, "enforce, audit"),
                ttl("--access-ttl", accessTtl, present.accessTtl(), Settings.TOKEN_ACCESS_TTL),
                ttl("--refresh-ttl", refreshTtl, present.refreshTtl(), Settings.TOKEN_REFRESH_TTL),
                requirePkce == null ? present.requirePkce() : requirePkce,
                trusted == null ? present.trusted() : trusted,
                compatFos == null ? present.compatFos() : compatFos,
                choice(
                        "--rate-limit",
                        rateLimit,
                        present.rateLimit(),
                        limit -> RateLimit.parse(limit).map(any -> limit),
                        RateLimit.TAKES));
    }

    static ClientSettings none() {
        return new ClientSettings(
                "", Set.of(), Set.of(), Map.of(), Set.of(), false, null, null, null, null, false, false, false, null);
    }

    static ClientSettings of(Client client) {
        return new ClientSettings(
                client.name(),
                client.grants(),
                client.scopes(),
                client.scopeDescriptions(),
                client.redirectUris(),
                client.introspect(),
                client.policy(),
                client.policyMode(),
                client.accessTtl(),
                client.refreshTtl(),
                client.requirePkce(),
                client.trusted(),
                client.compatFos(),
                client.rateLimit());
    }

    static SortedSet<String> words(@Nullable List<String> given, Set<String> present) {
        SortedSet<String> words = new TreeSet<>(given == null ? present : given);
        words.remove("");
        return words;
    }

    /** As {@link #words}, all of which may be scopes. */
    static SortedSet<String> scopes(List<String> given) {
        SortedSet<String> scopes = words(given, Set.of());
        if (!scopes.stream().allMatch(Scopes::isScope)) {
            throw CommandFailure.badUsage(Scopes.FORM);
        }
        return scopes;
    }

    private Map<String, String> descriptions(Map<String, String> present) {
        if (scopeDescriptions == null) {
            return present;
        }
        return ScopeWords.parse(String.join(";", scopeDescriptions))
                .orElseThrow(() -> CommandFailure.badUsage(
                        "--scope-description takes SCOPE=WORDS, each scope once, and no semicolon in the words"));
    }

    private static @Nullable Duration ttl(
            String option, @Nullable String given, @Nullable Duration present, Setting<Duration> setting) {
        return choice(option, given, present, setting::parse, setting.takes());
    }

    private static <T> @Nullable T choice(
            String option,
            @Nullable String given,
            @Nullable T present,
            Function<String, Optional<T>> parser,
            String takes) {
        if (given == null) {
            return present;
        }
        return given.equals(DEFAULT)
                ? null
                : parser.apply(given)
                        .orElseThrow(() -> CommandFailure.badUsage(
                                option + " takes " + takes + " or default, not " + Output.plain(given)));
    }
}
