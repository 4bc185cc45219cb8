package dev.symbolon.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/** RFC 4180, fit for spreadsheets: what one would take for a formula begins with an apostrophe. */
final class Csv {
    private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\\t\\r].*");
    private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

    private Csv() {}

    static void line(PrintWriter out, List<String> cells) {
        out.print(String.join(",", cells.stream().map(Csv::cell).toList()));
        out.print("\r\n");
    }

    private static String cell(String text) {
        String safe = FORMULA.matcher(text).matches() ? "'" + text : text;
        String shown = Output.harmless(safe);
        return SPECIAL.matcher(shown).find() ? '"' + shown.replace("\"", "\"\"") + '"' : shown;
    }
}
