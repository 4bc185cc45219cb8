package dev.symbolon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.http.Json;
import dev.symbolon.migrate.JsonLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a command prints: one JSON document for scripts, or a sentence or a table for people. */
final class Output {
    private static final int PAGE = 500;
    private static final int SHOWN = 100;
    private static final ObjectWriter OBJECT = Json.MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** What could move the cursor or turn the reading direction round. */
    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069&&[^\n]]");

    private final Terminal terminal;
    private final boolean json;

    Output(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    Terminal terminal() {
        return terminal;
    }

    boolean isJson() {
        return json;
    }

    /** The outcome as an object, or in words. */
    void print(Object document, String words) {
        try {
            terminal.out().println(json ? OBJECT.writeValueAsString(document) : harmless(words));
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

    /** Prints a list however long it is as lines of JSON, or as one array. */
    <T> void lines(Pages<T> pages, Function<T, Object> document) {
        if (json) {
            list(pages, document, List.of(), any -> List.of());
            return;
        }
        T last = null;
        List<T> page;
        do {
            page = pages.next(last, PAGE);
            for (T row : page) {
                last = row;
                terminal.out().println(JsonLines.line(document.apply(row)));
            }
        } while (page.size() == PAGE);
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
        String line = harmless(text).replace('\n', '?');
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** Text that a terminal only shows. */
    static String harmless(String text) {
        return HARMFUL.matcher(text).replaceAll("?");
    }
}
