package dev.symbolon.cli;

import java.io.PrintWriter;
import java.util.List;

/** Columns for people, as wide as the first rows need, with two spaces between. */
final class Table {
    private final PrintWriter out;
    private final List<String> headers;
    private final int[] widths;
    private boolean begun;

    Table(PrintWriter out, List<String> headers) {
        this.out = out;
        this.headers = headers;
        this.widths = headers.stream().mapToInt(String::length).toArray();
    }

    void print(List<List<String>> rows) {
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        if (!begun) {
            line(headers);
            begun = true;
        }
        rows.forEach(this::line);
    }

    private void line(List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        out.println(Output.harmless(line.toString().stripTrailing()));
    }
}
