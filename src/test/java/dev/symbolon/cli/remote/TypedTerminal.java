package dev.symbolon.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** A terminal in memory: what is typed is given, what is printed is kept. */
record TypedTerminal(
        ByteArrayInputStream in,
        ByteArrayOutputStream printed,
        ByteArrayOutputStream complained,
        LocalTerminal streams,
        boolean interactive)
        implements Terminal {
    static TypedTerminal piped(String input) {
        return typed(input, false);
    }

    /** Answers a hidden prompt with {@code hidden(PROMPT)}, another with {@code shown(PROMPT)}. */
    static TypedTerminal person() {
        return typed("", true);
    }

    private static TypedTerminal typed(String input, boolean interactive) {
        var in = new ByteArrayInputStream(input.getBytes(UTF_8));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        return new TypedTerminal(in, out, err, new LocalTerminal(in, out, err, null), interactive);
    }

    String output() {
        return printed.toString(UTF_8);
    }

    String errors() {
        return complained.toString(UTF_8);
    }

    @Override
    public PrintWriter out() {
        return streams.out();
    }

    @Override
    public PrintWriter err() {
        return streams.err();
    }

    @Override
    public Optional<String> readLine() throws IOException {
        return streams.readLine();
    }

    @Override
    public Optional<String> prompt(String prompt) {
        return Optional.of("shown(" + prompt + ")");
    }

    @Override
    public Optional<String> promptHidden(String prompt) {
        return Optional.of("hidden(" + prompt + ")");
    }

    @Override
    public Path directory() {
        return Path.of("/the/caller's/directory");
    }
}
