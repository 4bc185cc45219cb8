package dev.symbolon.migrate;

/** Whatever it is given, it is an array of strings or refused in words that quote nothing of it. */
public final class PhpSerializedFuzz {
    private PhpSerializedFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            PhpSerialized.strings(new String(input, java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException refused) {
            if (!String.valueOf(refused.getMessage()).contains("serialize")) {
                throw new AssertionError(refused);
            }
        }
    }
}
