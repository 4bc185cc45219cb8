package dev.symbolon.http;

import static dev.symbolon.http.OAuthError.invalidRequest;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.function.BiConsumer;

/** {@code application/x-www-form-urlencoded}, strictly: a broken escape or character is an error, never a guess. */
public final class UrlEncoded {
    private UrlEncoded() {}

    /**
     * Hands over the decoded pairs in order; a pair without {@code =} has the empty value, an empty pair is skipped.
     *
     * @throws OAuthError {@code invalid_request} if it is malformed
     */
    public static void parse(byte[] encoded, Charset charset, BiConsumer<String, String> pairs) {
        int start = 0;
        while (start <= encoded.length) {
            int end = indexOf(encoded, '&', start, encoded.length);
            if (end > start) {
                int equals = indexOf(encoded, '=', start, end);
                String name = decode(encoded, start, equals, charset);
                pairs.accept(name, decode(encoded, Math.min(equals + 1, end), end, charset));
            }
            start = end + 1;
        }
    }

    /** @throws OAuthError {@code invalid_request} if it is malformed */
    public static String decode(String encoded) {
        byte[] bytes = encoded.getBytes(UTF_8);
        return decode(bytes, 0, bytes.length, UTF_8);
    }

    private static String decode(byte[] encoded, int start, int end, Charset charset) {
        var plain = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            if (encoded[i] == '%') {
                plain.write(hexDigit(encoded, i + 1, end) << 4 | hexDigit(encoded, i + 2, end));
                i += 2;
            } else {
                plain.write(encoded[i] == '+' ? ' ' : encoded[i]);
            }
        }
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(plain.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static int hexDigit(byte[] encoded, int position, int end) {
        int digit = position < end ? Character.digit(encoded[position], 16) : -1;
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static OAuthError malformed() {
        return invalidRequest("the form has a broken percent-escape or is not in its character set");
    }

    private static int indexOf(byte[] bytes, char wanted, int start, int end) {
        int i = start;
        while (i < end && bytes[i] != wanted) {
            i++;
        }
        return i;
    }
}
