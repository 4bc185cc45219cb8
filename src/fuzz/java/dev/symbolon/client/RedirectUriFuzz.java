package dev.symbolon.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Set;

/** Of two lines, the first is registered and the second asked for. What may be registered can be worked with, and sent to. */
public final class RedirectUriFuzz {
    private RedirectUriFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        String registered = lines[0];
        if (!RedirectUri.isAcceptable(registered)) {
            return;
        }
        RedirectUri.origin(registered);
        boolean loopback = RedirectUri.canBeImpersonated(registered);
        if (!RedirectUri.matches(registered, registered)) {
            throw new AssertionError("is not what it is");
        }
        if (lines.length == 2 && !lines[1].equals(registered) && RedirectUri.matches(registered, lines[1])) {
            String host = URI.create(lines[1].replaceFirst(":[0-9]+([/?]|$)", "$1")).getHost();
            if (!loopback || !Set.of("127.0.0.1", "[::1]").contains(host)) {
                throw new AssertionError("leads elsewhere");
            }
        }
    }
}
