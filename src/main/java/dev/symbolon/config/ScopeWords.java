package dev.symbolon.config;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What scopes mean to people, in one line: {@code read=See your files; write=Change your files}. */
public final class ScopeWords {
    private static final Pattern PAIR = Pattern.compile("[!-~&&[^=;\"\\\\]]+=[^;\\p{Cntrl}]*[^;\\s\\p{Cntrl}]");

    private ScopeWords() {}

    /** Empty if it is anything else, or has a scope twice. */
    public static Optional<Map<String, String>> parse(String text) {
        Map<String, String> words = new TreeMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(";", -1)) {
            String trimmed = pair.trim();
            int equals = trimmed.indexOf('=');
            if (!PAIR.matcher(trimmed).matches()
                    || words.put(
                                    trimmed.substring(0, equals),
                                    trimmed.substring(equals + 1).trim())
                            != null) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(words));
    }

    /** As {@link #parse} takes it. */
    public static String format(Map<String, String> words) {
        return new TreeMap<>(words)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(joining(";"));
    }
}
