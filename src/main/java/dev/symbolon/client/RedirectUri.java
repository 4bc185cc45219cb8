package dev.symbolon.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where authorization responses may be sent (RFC 6749 section 3.1.2, RFC 8252 section 7, RFC 9700 section 2.1). */
public final class RedirectUri {
    private static final int MAX_CHARACTERS = 2000;
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final Pattern LOOPBACK =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::[0-9]{1,5})?([/?].*)?");
    private static final Set<String> LOOPBACK_HOSTS = Set.of("127.0.0.1", "[::1]", "localhost");

    private RedirectUri() {}

    /**
     * Whether a client may be registered with it: HTTPS, plain HTTP on the loopback interface, or a scheme of the
     * client's own, which has a period in it (RFC 8252 section 7.1), as none has that a browser runs or shows.
     */
    public static boolean isAcceptable(String text) {
        try {
            URI uri = new URI(text);
            return PRINTABLE.matcher(text).matches()
                    && text.length() <= MAX_CHARACTERS
                    && uri.isAbsolute()
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && isOfAcceptableScheme(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isOfAcceptableScheme(URI uri) {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> uri.getHost() != null;
            case "http" -> uri.getHost() != null && LOOPBACK_HOSTS.contains(uri.getHost());
            default -> uri.getScheme().contains(".");
        };
    }

    /**
     * Where a page that is found there comes from, as browsers write it (RFC 6454 section 6.2); empty for a scheme of an
     * application's own.
     */
    public static Optional<String> origin(String text) {
        URI uri = URI.create(text.toLowerCase(Locale.ROOT));
        int usual = uri.getScheme().equals("https") ? 443 : 80;
        if (!Set.of("https", "http").contains(uri.getScheme())) {
            return Optional.empty();
        }
        boolean port = uri.getPort() != -1 && uri.getPort() != usual;
        return Optional.of(uri.getScheme() + "://" + uri.getHost() + (port ? ":" + uri.getPort() : ""));
    }

    /** Any program on the user's machine can receive what is sent there, in the client's stead (RFC 8252 8.6). */
    static boolean canBeImpersonated(String text) {
        URI uri = URI.create(text);
        return !uri.getScheme().equalsIgnoreCase("https") || LOOPBACK_HOSTS.contains(String.valueOf(uri.getHost()));
    }

    /** Whether they are the same, character by character, but for the port of a loopback address (RFC 8252 7.3). */
    public static boolean matches(String registered, String requested) {
        return registered.equals(requested)
                || (requested.length() <= MAX_CHARACTERS
                        && withoutPort(registered).equals(withoutPort(requested))
                        && LOOPBACK.matcher(requested).matches());
    }

    private static String withoutPort(String uri) {
        Matcher loopback = LOOPBACK.matcher(uri);
        return loopback.matches() ? loopback.replaceFirst("$1$2") : uri;
    }
}
