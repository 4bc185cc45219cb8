package dev.symbolon.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Whatever it is given, scopes are refused, or come to the same when they are written and read again. */
public final class ScopesFuzz {
    private ScopesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Scopes.parse(new String(input, UTF_8)).ifPresent(scopes -> {
            if (!Scopes.parse(String.join(" ", scopes)).equals(Optional.of(scopes))) {
                throw new AssertionError("read again as something else");
            }
        });
    }
}
