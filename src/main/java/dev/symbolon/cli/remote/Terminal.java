package dev.symbolon.cli.remote;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Where a command was typed: in this process, or in another that called the service. For one thread at a time. */
public interface Terminal {
    /** The longest line or answer, in bytes of UTF-8 and without its end. */
    int MAX_LINE_BYTES = 65_536;

    /** Standard output; buffered, so {@code flush} at the end of the command. What nobody reads any more is dropped. */
    PrintWriter out();

    /** Standard error; written at each {@code println}, after what {@link #out} holds. */
    PrintWriter err();

    /** Whether a person can be asked: {@link #prompt} and {@link #promptHidden} work only then. */
    boolean interactive();

    /**
     * The next line of standard input without its end, not a byte more, and none before it is asked for.
     *
     * @return empty at the end of the input
     * @throws IOException when the line is longer than {@link #MAX_LINE_BYTES} or not UTF-8, or cannot be had
     */
    Optional<String> readLine() throws IOException;

    /**
     * Asks the person for a line.
     *
     * @return empty when the person ended the input instead
     * @throws IOException when the answer cannot be had
     * @throws IllegalStateException when not {@link #interactive}
     */
    Optional<String> prompt(String prompt) throws IOException;

    /** As {@link #prompt}, and what is typed is not shown. */
    Optional<String> promptHidden(String prompt) throws IOException;

    /** The working directory of the process in which the command was typed, which file names are relative to. */
    Path directory();
}
