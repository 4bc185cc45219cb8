package dev.symbolon.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Words for an operator: what was written, without what may not be shown, and what was probably meant. */
public final class Words {
    private static final int SHOWN = 100;
    private static final int TYPO = 2;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^;&]*");

    private Words() {}

    /** @return the text in quotes, without secrets, cut to 100 characters; "nothing" for an empty one */
    static String quoted(String text) {
        if (text.isEmpty()) {
            return "nothing";
        }
        String shown = withoutSecrets(text);
        return '"' + oneLine(shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...") + '"';
    }

    /** Escapes whatever could break a line, move the cursor or turn the reading direction round. */
    static String oneLine(String text) {
        return INVISIBLE
                .matcher(text)
                .replaceAll(match -> "\\\\u%04x".formatted(match.group().codePointAt(0)));
    }

    /** Hides what URLs carry before an {@code @} and after {@code password=}. */
    public static String withoutSecrets(String url) {
        int start = url.indexOf("//") + 2;
        int at = url.lastIndexOf('@');
        String shown = start >= 2 && start <= at ? url.substring(0, start) + "***" + url.substring(at) : url;
        return PASSWORD.matcher(shown).replaceAll("$1***");
    }

    /** @return "; did you mean X?" when one of the names is at most two letters away; else "" */
    public static String suggestion(String written, Stream<String> names) {
        Optional<String> nearest = names.filter(name -> Math.abs(name.length() - written.length()) <= TYPO)
                .filter(name -> distance(written, name) <= TYPO)
                .min(Comparator.comparingInt(name -> distance(written, name)));
        return nearest.map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Levenshtein's: how many letters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] above = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
