package dev.symbolon.client;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Scopes as RFC 6749 section 3.3 writes them: words separated by spaces, whose order and repetition mean nothing. */
public final class Scopes {
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private Scopes() {}

    /** Empty if a word holds what no scope may. */
    public static Optional<SortedSet<String>> parse(String text) {
        SortedSet<String> scopes = new TreeSet<>(Arrays.asList(text.split(" +")));
        scopes.remove("");
        return scopes.stream().allMatch(Scopes::isScope) ? Optional.of(scopes) : Optional.empty();
    }

    public static boolean isScope(String word) {
        return WORD.matcher(word).matches();
    }
}
