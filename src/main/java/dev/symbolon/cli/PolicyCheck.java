package dev.symbolon.cli;

import dev.symbolon.client.Client;
import dev.symbolon.link.Assignment;
import dev.symbolon.policy.NoDecisionException;
import dev.symbolon.policy.PolicyGate;
import dev.symbolon.policy.Verdict;
import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.token.PasswordGrant;
import dev.symbolon.user.ResourceOwner;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy check}: what would be decided if this user asked for a token of this client now. */
@Command(
        name = "check",
        description = "Tell what would be decided about a user and a client now, by which rule, and why.")
final class PolicyCheck extends AdminCommand {
    /** @param until null for a link that does not end */
    private record Way(
            @Nullable String group,
            @Nullable Set<String> scopes,
            @Nullable Instant until) {
        static Way of(Assignment.Way way) {
            return new Way(way.group(), way.scopes(), way.endsAt().equals(Instant.MAX) ? null : way.endsAt());
        }

        @Override
        public String toString() {
            return (group == null ? "own" : "group " + group)
                    + (scopes == null ? "" : " for " + Output.words(scopes))
                    + (until == null ? "" : " until " + until);
        }
    }

    /**
     * @param decision allow, deny, let-through (a denial in audit mode) or none (503)
     * @param scopes what would be granted
     * @param rule the policy, or {@code client} or {@code user} for one that is disabled
     */
    private record Answer(
            String username,
            String clientId,
            String decision,
            Set<String> scopes,
            String rule,
            String mode,
            @Nullable String reason,
            List<Way> links,
            Set<String> groups) {

        String words() {
            String what = switch (decision) {
                case "allow" -> "%s may use %s.";
                case "deny" -> "%s may not use %s.";
                case "let-through" -> "%s may use %s while the mode is audit, and will be in the report.";
                default -> "%s would be asked to try %s again: there is no decision.";
            };
            String ways = links.isEmpty()
                    ? "none"
                    : String.join(", ", links.stream().map(Way::toString).toList());
            return """
                    %s
                    rule    %s, %s
                    reason  %s
                    scopes  %s
                    links   %s
                    groups  %s""".formatted(
                            what.formatted(username, clientId),
                            rule,
                            mode,
                            reason == null ? "-" : reason,
                            Output.words(scopes),
                            ways,
                            Output.words(groups));
        }
    }

    @Parameters(index = "0", paramLabel = "USER", description = "The user's name.")
    private String user = "";

    @Parameters(index = "1", paramLabel = "CLIENT", description = "The client's id.")
    private String client = "";

    @Option(names = "--scope", paramLabel = "SCOPE", split = ",", description = "If they asked for these. Repeatable.")
    private @Nullable List<String> scopes;

    @Override
    void run(Administration admin, Output output) {
        Client found = client(admin, client);
        String name = user(admin, user).username();
        ResourceOwner owner = admin.users()
                .asSeenBy(found.id(), name)
                .orElseThrow(() -> new CommandFailure("the user or the client is gone"));
        Answer answer = answer(admin.gate(), found, owner);
        output.print(answer, answer.words());
    }

    /** In the order in which the token endpoint looks at things. */
    private Answer answer(PolicyGate gate, Client client, ResourceOwner owner) {
        if (!client.enabled() || !owner.enabled()) {
            String rule = client.enabled() ? "user" : "client";
            return answer(gate, client, owner, "deny", Set.of(), rule, "the " + rule + " is disabled");
        }
        Set<String> wanted = scopes == null ? client.scopes() : ClientOptions.scopes(scopes);
        String rule = gate.rule(client.policy(), client.policyMode()).policy();
        try {
            PolicyRequest request = owner.request(client, PasswordGrant.TYPE, wanted, "");
            Verdict verdict = gate.consider(request, client.policy(), client.policyMode());
            if (verdict instanceof Verdict.Refused refused) {
                return answer(gate, client, owner, verdict.outcome(), Set.of(), rule, refused.reason());
            }
            var granted = (Verdict.Granted) verdict;
            String excess = excess(client, wanted, granted.scopes());
            if (excess != null) {
                return answer(gate, client, owner, "deny", Set.of(), rule, excess);
            }
            return answer(gate, client, owner, verdict.outcome(), granted.scopes(), rule, granted.letThrough());
        } catch (NoDecisionException e) {
            return answer(gate, client, owner, "none", Set.of(), rule, String.valueOf(e.getMessage()));
        }
    }

    /** What makes the token endpoint answer {@code invalid_scope}; null if nothing. */
    private @Nullable String excess(Client client, Set<String> wanted, SortedSet<String> granted) {
        if (!client.scopes().containsAll(wanted)) {
            return "the client is not registered for all of these scopes, but for " + Output.words(client.scopes());
        }
        return scopes == null || granted.containsAll(wanted)
                ? null
                : "the user may not have all of these scopes, but " + Output.words(granted);
    }

    private static Answer answer(
            PolicyGate gate,
            Client client,
            ResourceOwner owner,
            String decision,
            Set<String> scopes,
            String rule,
            @Nullable String reason) {
        return new Answer(
                owner.username(),
                client.id(),
                decision,
                scopes,
                rule,
                gate.rule(client.policy(), client.policyMode()).mode().wireName(),
                reason,
                owner.assignment().ways().stream().map(Way::of).toList(),
                new TreeSet<>(owner.assignment().groups()));
    }
}
