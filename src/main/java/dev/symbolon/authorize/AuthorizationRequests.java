package dev.symbolon.authorize;

import static dev.symbolon.authorize.AuthorizationError.invalidRequest;

import dev.symbolon.client.Client;
import dev.symbolon.client.Clients;
import dev.symbolon.client.RedirectUri;
import dev.symbolon.client.Scopes;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.Parameters;
import dev.symbolon.token.AuthorizationCodeGrant;
import dev.symbolon.token.Pkce;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads authorization requests. A fault is told to the client only if it is proved who that is. */
record AuthorizationRequests(Clients clients) {
    /** Encoded as a query string: with other headers it has to fit into 8 KiB, in the request and in the response. */
    private static final int MAX_CHARACTERS = 5000;

    private static final List<String> NAMES = List.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "response_mode",
            "code_challenge",
            "code_challenge_method",
            "prompt",
            "max_age",
            "login_hint");
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");
    private static final Set<String> RESPONSE_MODES = Set.of("query", "form_post");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** @throws OAuthError {@code invalid_request} if client or redirect URI are not proved, or it is too long */
    AuthorizationRequest read(Parameters sent) {
        Map<String, String> parameters = new TreeMap<>();
        NAMES.forEach(name -> sent.optional(name).ifPresent(value -> parameters.put(name, value)));
        Client client = sent.optional("client_id")
                .flatMap(clients::find)
                .filter(Client::enabled)
                .orElseThrow(() -> OAuthError.invalidRequest("client_id is missing, repeated or not known here"));
        String redirectUri = redirectUri(client, sent);
        if (AuthorizationRequest.encode(parameters.entrySet()).length() > MAX_CHARACTERS) {
            throw OAuthError.invalidRequest("the request must not be longer than " + MAX_CHARACTERS + " characters");
        }
        String challenge = sent.optional("code_challenge").orElse(null);
        Set<String> prompts = sent.optional("prompt")
                .map(words -> Set.copyOf(List.of(words.split(" "))))
                .orElse(Set.of());
        return new AuthorizationRequest(
                client,
                redirectUri,
                parameters.containsKey("redirect_uri"),
                parameters.get("state"),
                sent.optional("response_mode").filter("form_post"::equals).isPresent(),
                sent.optional("scope")
                        .flatMap(Scopes::parse)
                        .filter(scopes -> !scopes.isEmpty())
                        .orElse(null),
                challenge,
                prompts,
                maxAge(sent),
                problem(client, sent, prompts),
                parameters,
                Set.copyOf(NAMES.stream().filter(sent::isRepeated).toList()));
    }

    private static String redirectUri(Client client, Parameters sent) {
        if (!sent.isRepeated("redirect_uri")) {
            Optional<String> given = sent.optional("redirect_uri");
            Set<String> registered = client.redirectUris();
            if (given.isPresent() && registered.stream().anyMatch(uri -> RedirectUri.matches(uri, given.get()))) {
                return given.get();
            }
            if (given.isEmpty() && registered.size() == 1) {
                return registered.iterator().next();
            }
        }
        throw OAuthError.invalidRequest("redirect_uri is not one that the client is registered with");
    }

    private static @Nullable Duration maxAge(Parameters sent) {
        return sent.optional("max_age")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }

    private static @Nullable AuthorizationError problem(Client client, Parameters sent, Set<String> prompts) {
        return Stream.of(
                        repeated(sent),
                        responseType(client, sent),
                        scope(client, sent),
                        pkce(client, sent),
                        prompt(prompts),
                        maxAgeProblem(sent))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<AuthorizationError> repeated(Parameters sent) {
        return NAMES.stream()
                .filter(sent::isRepeated)
                .findFirst()
                .map(name -> invalidRequest("parameter " + name + " is repeated: send it once"));
    }

    private static Optional<AuthorizationError> responseType(Client client, Parameters sent) {
        String type = sent.optional("response_type").orElse("");
        if (type.isEmpty()) {
            return Optional.of(invalidRequest("parameter response_type is missing"));
        }
        if (!type.equals("code")) {
            return Optional.of(new AuthorizationError("unsupported_response_type", "response_type must be code"));
        }
        if (!client.grants().contains(AuthorizationCodeGrant.TYPE)) {
            return Optional.of(new AuthorizationError(
                    "unauthorized_client", "client is not registered for grant_type authorization_code"));
        }
        return RESPONSE_MODES.contains(sent.optional("response_mode").orElse("query"))
                ? Optional.empty()
                : Optional.of(invalidRequest("response_mode must be query or form_post"));
    }

    private static Optional<AuthorizationError> scope(Client client, Parameters sent) {
        return sent.optional("scope")
                .filter(text ->
                        Scopes.parse(text).filter(client.scopes()::containsAll).isEmpty())
                .map(text -> AuthorizationError.invalidScope("scope exceeds what the client may ask for, which is '"
                        + String.join(" ", client.scopes()) + "'"));
    }

    private static Optional<AuthorizationError> pkce(Client client, Parameters sent) {
        Optional<String> challenge = sent.optional("code_challenge");
        Optional<String> method = sent.optional("code_challenge_method");
        if (challenge.isEmpty() && method.isEmpty()) {
            return client.isPublic() || client.requirePkce()
                    ? Optional.of(invalidRequest("parameter code_challenge is missing: this client has to use PKCE"))
                    : Optional.empty();
        }
        if (challenge.filter(Pkce::isChallenge).isEmpty()) {
            return Optional.of(invalidRequest("code_challenge must be base64url of a SHA-256, without padding"));
        }
        return method.filter(Pkce.METHOD::equals).isPresent()
                ? Optional.empty()
                : Optional.of(invalidRequest("code_challenge_method must be S256"));
    }

    private static Optional<AuthorizationError> prompt(Set<String> prompts) {
        boolean contradicts = prompts.contains("none") && prompts.size() > 1;
        return PROMPTS.containsAll(prompts) && !contradicts
                ? Optional.empty()
                : Optional.of(invalidRequest("prompt must be none alone, or some of login, consent, select_account"));
    }

    private static Optional<AuthorizationError> maxAgeProblem(Parameters sent) {
        return sent.optional("max_age").isPresent() && maxAge(sent) == null
                ? Optional.of(invalidRequest("max_age must be a number of seconds"))
                : Optional.empty();
    }
}
