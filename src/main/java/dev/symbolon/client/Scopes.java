package dev.symbolon.client;

import dev.symbolon.http.Form;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.OAuthError.Code;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scopes as RFC 6749 section 3.3 writes them: words separated by spaces, whose order and repetition mean nothing. */
public final class Scopes {
    /** What is told of a word that {@link #isScope} refuses. */
    public static final String FORM = "a scope is made of printable ASCII without space, quote and backslash";

    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private Scopes() {}

    /** Empty if a word holds what no scope may. */
    public static Optional<SortedSet<String>> parse(String text) {
        SortedSet<String> scopes = new TreeSet<>(Arrays.asList(text.split(" +")));
        scopes.remove("");
        return scopes.stream().allMatch(Scopes::isScope) ? Optional.of(scopes) : Optional.empty();
    }

    /**
     * The scopes that a client names; null if it names none.
     *
     * @throws OAuthError {@code invalid_scope} if a word holds what no scope may
     */
    public static @Nullable Set<String> requested(Form form) {
        String scope = form.optional("scope").orElse("");
        Set<String> scopes = parse(scope)
                .orElseThrow(() -> new OAuthError(Code.INVALID_SCOPE, "scope has characters that no scope may have"));
        return scopes.isEmpty() ? null : scopes;
    }

    public static boolean isScope(String word) {
        return WORD.matcher(word).matches();
    }
}
