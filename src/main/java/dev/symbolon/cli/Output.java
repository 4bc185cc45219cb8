package dev.symbolon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a command prints: one JSON document for scripts, or a sentence or a table for people. */
final class Output {
    private static final int PAGE = 500;

    private final Terminal terminal;
    private final boolean json;

    Output(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    Terminal terminal() {
        return terminal;
    }

    /** The outcome as an object, or in words. */
    void print(Object document, String words) {
        try {
            terminal.out().println(json ? Json.MAPPER.writeValueAsString(document) : words);
        } catch (IOException e) {
            throw new IllegalStateException("our own records can be written as JSON", e);
        }
    }

    /** Reads rows a page at a time: from what comes after a row (null: from the first), at most so many. */
    interface Pages<T> {
        List<T> next(@Nullable T after, int most);
    }

    /**
     * Prints a list however long it is, without holding all of it or a connection while the reader is slow.
     *
     * @param document of a row; null leaves the row out
     */
    <T, D> void list(
            Pages<T> pages, Function<T, @Nullable D> document, List<String> headers, Function<D, List<String>> cells) {
        Table table = new Table(terminal.out(), headers);
        try (SequenceWriter array = json ? jsonArray(terminal.out()) : null) {
            T last = null;
            List<T> page;
            do {
                page = pages.next(last, PAGE);
                List<D> documents = new ArrayList<>();
                for (T row : page) {
                    last = row;
                    D each = document.apply(row);
                    if (each != null) {
                        documents.add(each);
                    }
                }
                if (array == null) {
                    table.print(documents.stream().map(cells).toList());
                } else {
                    array.writeAll(documents);
                }
            } while (page.size() == PAGE);
        } catch (IOException e) {
            throw new IllegalStateException("our own records can be written as JSON", e);
        }
        if (json) {
            terminal.out().println();
        }
    }

    private static SequenceWriter jsonArray(PrintWriter out) throws IOException {
        return Json.MAPPER
                .writer()
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValuesAsArray(out);
    }

    /** Words joined for a cell; a dash for none. */
    static String words(@Nullable Iterable<String> words) {
        String joined = words == null ? "" : String.join(" ", words);
        return joined.isEmpty() ? "-" : joined;
    }

    /** Text from outside, fit for one line. */
    static String plain(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "…";
    }
}
