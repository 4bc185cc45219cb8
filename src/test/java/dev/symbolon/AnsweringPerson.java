package dev.symbolon;

import dev.symbolon.cli.remote.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** A terminal with a person at it, who gives the same answer to every question; null: ends the input instead. */
record AnsweringPerson(Terminal streams, String answer) implements Terminal {
    @Override
    public PrintWriter out() {
        return streams.out();
    }

    @Override
    public PrintWriter err() {
        return streams.err();
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public Optional<String> readLine() throws IOException {
        return streams.readLine();
    }

    @Override
    public Optional<String> prompt(String prompt) {
        streams.out().println(prompt);
        return Optional.ofNullable(answer);
    }

    @Override
    public Optional<String> promptHidden(String prompt) {
        return prompt(prompt);
    }

    @Override
    public Path directory() {
        return streams.directory();
    }
}
