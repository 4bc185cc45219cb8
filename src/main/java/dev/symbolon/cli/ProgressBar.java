package dev.symbolon.cli;

import dev.symbolon.cli.remote.Terminal;

/** How far a long command has got, on a terminal's standard error; nothing elsewhere. */
final class ProgressBar {
    private static final int WIDTH = 40;
    private static final int CLEARED = 78;

    private final Terminal terminal;
    private long shown = -1;

    ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param all 0 if nobody knows */
    void show(String what, long done, long all) {
        long part = all == 0 ? done / 1000 : Math.min(100, done * 100 / all);
        if (terminal.interactive() && part != shown) {
            shown = part;
            int full = (int) (all == 0 ? 0 : WIDTH * part / 100);
            String bar = all == 0 ? "" : "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + part + " %";
            print("%-15s %9d %s".formatted(what, done, bar));
        }
    }

    void end() {
        if (shown >= 0) {
            print("");
            terminal.err().print('\r');
            terminal.err().flush();
        }
    }

    private void print(String text) {
        terminal.err().print('\r' + text + " ".repeat(CLEARED - text.length()));
        terminal.err().flush();
    }
}
