package dev.symbolon.token;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a device shows and a person types (RFC 8628 section 6.1): eight letters of twenty, without vowels, so that no words
 * come of them; 34 bits.
 *
 * @param letters in upper case, as stored
 */
public record UserCode(String letters) {
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 8;
    private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern DECORATION = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MAX_TYPED = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    static UserCode random() {
        var letters = new StringBuilder();
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).mapToObj(ALPHABET::charAt).forEach(letters::append);
        return new UserCode(letters.toString());
    }

    /** Case, dashes and spaces do not matter; empty for what cannot be one. */
    public static Optional<UserCode> parse(String typed) {
        return Optional.of(typed)
                .filter(text -> text.length() <= MAX_TYPED)
                .map(text -> DECORATION.matcher(text).replaceAll("").toUpperCase(Locale.ROOT))
                .filter(text -> FORM.matcher(text).matches())
                .map(UserCode::new);
    }

    /** As {@code XXXX-XXXX}. */
    public String shown() {
        int half = LENGTH / 2;
        return letters.substring(0, half) + "-" + letters.substring(half);
    }

    /** Never the letters. */
    @Override
    public String toString() {
        return "UserCode";
    }
}
