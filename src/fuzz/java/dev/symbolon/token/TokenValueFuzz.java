package dev.symbolon.token;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Whatever is presented, it is no token, or one that writes itself as it was and does not tell its secret. */
public final class TokenValueFuzz {
    private TokenValueFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, UTF_8);
        TokenValue.parse(text).ifPresent(value -> {
            boolean own = value.kind() != TokenValue.Kind.FOREIGN;
            if (own && !value.encoded().equals(text) || value.toString().contains(text) || value.hash().length != 32) {
                throw new AssertionError("is not what it was");
            }
        });
    }
}
