package dev.symbolon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Whatever the header is, it is credentials or refused; credentials do not tell their secret. */
public final class BasicFuzz {
    private BasicFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Basic basic = Basic.parse(new String(input, ISO_8859_1));
            if (!basic.toString().equals("Basic[" + basic.id() + "]")) {
                throw new AssertionError("more than the id is told");
            }
        } catch (OAuthError refused) {
            // as it should be
        }
    }
}
