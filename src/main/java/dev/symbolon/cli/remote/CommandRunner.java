package dev.symbolon.cli.remote;

import java.util.List;

/** Runs one administration command; called by several threads at once. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * @param arguments the words after the program's name
     * @param terminal where the command was typed, valid until this method returns
     * @return the exit code
     */
    int run(List<String> arguments, Terminal terminal);
}
