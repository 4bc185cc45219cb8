package dev.symbolon.authorize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.symbolon.client.Client;
import dev.symbolon.session.BrowserSession;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request (RFC 6749 section 4.1.1) whose client and redirect URI are proved.
 *
 * @param redirectUriSent whether the request named it
 * @param formPost whether the response is posted to the client (response mode {@code form_post}), not put in the query
 * @param requested the scopes it names; null if it names none
 * @param challenge of PKCE; null for none
 * @param prompts what the user is to be asked in any case
 * @param maxAge how old a login may be; null: no matter
 * @param problem what the client is told instead of anything else, once the user has logged in; null if it is in order
 * @param parameters as they were sent, but for those that were repeated
 * @param repeated which is a fault that stays with the request
 */
record AuthorizationRequest(
        Client client,
        String redirectUri,
        boolean redirectUriSent,
        @Nullable String state,
        boolean formPost,
        @Nullable Set<String> requested,
        @Nullable String challenge,
        Set<String> prompts,
        @Nullable Duration maxAge,
        @Nullable AuthorizationError problem,
        Map<String, String> parameters,
        Set<String> repeated) {

    Set<String> wanted() {
        return requested == null ? client.scopes() : requested;
    }

    /** Nobody may be shown anything. */
    boolean isSilent() {
        return prompts.contains("none");
    }

    /** Whether a login is recent enough for it; for a request with a fault any is. */
    boolean accepts(BrowserSession login, Instant now) {
        boolean anew = prompts.contains("login") || prompts.contains("select_account");
        boolean recent = maxAge == null || !now.isAfter(login.startedAt().plus(maxAge));
        return problem != null || (!anew && recent);
    }

    boolean asksForConsent() {
        return prompts.contains("consent");
    }

    /** Who is meant to log in; empty if the client does not say. */
    String loginHint() {
        return parameters.getOrDefault("login_hint", "");
    }

    /** Its parameters, as a form or a link of ours carries them on. */
    List<Map.Entry<String, String>> sent() {
        return Stream.concat(
                        parameters.entrySet().stream(),
                        repeated.stream().flatMap(name -> Stream.of(Map.entry(name, ""), Map.entry(name, ""))))
                .toList();
    }

    /** Where the browser goes on with it, relative to the endpoint. */
    String link() {
        return link(sent());
    }

    /** As {@link #link()}, when the user has just logged in: what asked for that is fulfilled. */
    String linkAfterLogin() {
        if (problem != null) { // which may be in just these
            return link();
        }
        Map<String, String> rest = new TreeMap<>(parameters);
        rest.remove("max_age");
        if (asksForConsent()) {
            rest.put("prompt", "consent");
        } else {
            rest.remove("prompt");
        }
        return link(List.copyOf(rest.entrySet()));
    }

    private static String link(List<Map.Entry<String, String>> parameters) {
        return "auth?" + encode(parameters);
    }

    static String encode(Collection<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(joining("&"));
    }

    /** Without what the client or the user may want to keep to themselves. */
    @Override
    public String toString() {
        return "AuthorizationRequest[" + client.id() + "]";
    }
}
