package dev.symbolon.migrate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what PHP's {@code serialize} made of strings, integers and arrays, such as {@code a:1:{i:0;s:8:"password";}};
 * never objects or references, which is what makes PHP's own reader dangerous. Lengths are bytes of UTF-8.
 */
final class PhpSerialized {
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_DEPTH = 4;

    private final byte[] bytes;
    private int at;

    private PhpSerialized(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The values of an array of strings, in its order.
     *
     * @throws IllegalArgumentException if it is anything else; the words quote nothing of it
     */
    static List<String> strings(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a serialized array of more than " + MOST_BYTES + " bytes");
        }
        var reader = new PhpSerialized(bytes);
        Object value = reader.value(0);
        reader.require(reader.at == bytes.length, "its end");
        List<String> strings = new ArrayList<>();
        for (Object element : value instanceof List<?> list ? list : List.of(value)) {
            reader.require(value instanceof List<?> && element instanceof String, "an array of strings");
            strings.add((String) element);
        }
        return strings;
    }

    /** A string, a number, or the list of an array's values. */
    private Object value(int depth) {
        return switch (next()) {
            case 's' -> string();
            case 'i' -> integer();
            case 'a' -> array(depth);
            default -> throw broken("a string, an integer or an array", at - 1);
        };
    }

    private Long integer() {
        expect(':');
        boolean negative = at < bytes.length && bytes[at] == '-';
        at += negative ? 1 : 0;
        long number = digits(18);
        expect(';');
        return negative ? -number : number;
    }

    private String string() {
        expect(':');
        int length = (int) digits(6);
        expect(':');
        expect('"');
        require(length <= bytes.length - at, "as many bytes as it says");
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
            at += length;
            expect('"');
            expect(';');
            return text;
        } catch (CharacterCodingException e) {
            throw broken("whole characters", at);
        }
    }

    private List<Object> array(int depth) {
        require(depth < MOST_DEPTH, "no more than " + MOST_DEPTH + " arrays in one another");
        expect(':');
        long count = digits(6);
        expect(':');
        expect('{');
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            value(MOST_DEPTH); // the key: too deep for an array
            values.add(value(depth + 1));
        }
        expect('}');
        return values;
    }

    private long digits(int most) {
        int start = at;
        long number = 0;
        while (at < bytes.length && at - start < most && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at++] - '0';
        }
        require(at > start, "a number");
        return number;
    }

    private char next() {
        require(at < bytes.length, "more");
        return (char) bytes[at++];
    }

    private void expect(char wanted) {
        int here = at;
        if (next() != wanted) {
            throw broken(String.valueOf(wanted), here);
        }
    }

    private void require(boolean met, String expected) {
        if (!met) {
            throw broken(expected, at);
        }
    }

    private static IllegalArgumentException broken(String expected, int at) {
        return new IllegalArgumentException("broken serialize string: expected " + expected + " at byte " + at);
    }
}
