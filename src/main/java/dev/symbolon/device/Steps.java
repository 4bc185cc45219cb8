package dev.symbolon.device;

import dev.symbolon.authorize.ResourceOwners;
import dev.symbolon.client.Client;
import dev.symbolon.client.Clients;
import dev.symbolon.policy.Verdict;
import dev.symbolon.session.Browser;
import dev.symbolon.session.BrowserSession;
import dev.symbolon.token.DeviceCode;
import dev.symbolon.token.DeviceCode.Answer;
import dev.symbolon.token.DeviceCodeGrant;
import dev.symbolon.token.DeviceCodes;
import dev.symbolon.token.UserCode;
import dev.symbolon.user.ResourceOwner;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Decides what has to happen next with a user code, from what holds now: login, then the code, then the policy. */
record Steps(Clients clients, ResourceOwners owners, DeviceCodes codes) {
    /** @throws dev.symbolon.policy.NoDecisionException if the policy does not know */
    Step next(UserCode userCode, Browser browser, String address) {
        Optional<BrowserSession> login = browser.session();
        if (login.isEmpty()) {
            return new Step.LogIn();
        }
        DeviceCodes.Entry entry = codes.enter(userCode, login.get().userId());
        DeviceCode code = entry.code();
        if (code == null) {
            return entry.tooMany() ? new Step.Wait() : new Step.Retype();
        }
        if (code.answer() != null) {
            return new Step.Done(code.answer());
        }
        Optional<Client> client = client(code);
        if (client.isEmpty()) {
            return new Step.Retype();
        }
        return owners.of(login.get(), client.get())
                .map(owner -> judge(code, client.get(), owner, address))
                .orElse(new Step.LogIn());
    }

    /** As it was when the device began: a client that was disabled meanwhile has none of its codes left. */
    private Optional<Client> client(DeviceCode code) {
        return clients.find(code.clientId()).filter(client -> client.enabled() && client.epoch() == code.epoch());
    }

    private Step judge(DeviceCode code, Client client, ResourceOwner owner, String address) {
        Verdict verdict = ask(code, client, owner, address);
        if (verdict instanceof Verdict.Refused refused) {
            return owners.discloseDenial()
                    ? new Step.Deny(code, client, owner, refused.reason(), Answer.DENIED)
                    : new Step.LogIn();
        }
        Set<String> scopes = ((Verdict.Granted) verdict).scopes();
        if (code.scopes() != null && !scopes.containsAll(code.scopes())) {
            return new Step.Deny(code, client, owner, Answer.TOO_MUCH.description(), Answer.TOO_MUCH);
        }
        return new Step.Ask(code, client, owner, scopes);
    }

    private Verdict ask(DeviceCode code, Client client, ResourceOwner owner, String address) {
        Set<String> wanted = Objects.requireNonNullElse(code.scopes(), client.scopes());
        return owners.ask(owner, client, DeviceCodeGrant.TYPE, wanted, address);
    }

    /** Whether the policy would deny this user, who has just proved who they are, what that code is for. */
    boolean denies(UserCode userCode, ResourceOwner login, String address) {
        DeviceCode code = codes.enter(userCode, login.id()).code();
        if (code == null || code.answer() != null) {
            return false;
        }
        return client(code)
                .flatMap(client ->
                        owners.users().find(login.id(), client.id()).map(owner -> ask(code, client, owner, address)))
                .filter(Verdict.Refused.class::isInstance)
                .isPresent();
    }
}
