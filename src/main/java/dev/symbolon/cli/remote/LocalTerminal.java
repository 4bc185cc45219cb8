package dev.symbolon.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The terminal, or the pipes, of this very process. */
public final class LocalTerminal implements Terminal {
    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final @Nullable Console console;

    /** @param in not buffered, or more than the line asked for would be taken from a script's input */
    LocalTerminal(InputStream in, OutputStream out, OutputStream err, @Nullable Console console) {
        this.in = in;
        this.out = new PrintWriter(out, false, UTF_8);
        this.err = new PrintWriter(err, true, UTF_8);
        this.console = console;
    }

    /** The standard streams of this process. */
    public static LocalTerminal ofProcess() {
        Console console = System.console();
        return new LocalTerminal(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                console != null && isTerminal(console) ? console : null);
    }

    /** Before JDK 22 there is a console only where there is a terminal; since then one may be there for pipes too. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public boolean interactive() {
        return console != null;
    }

    @Override
    public Optional<String> readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int next = in.read();
        if (next == -1) {
            return Optional.empty();
        }
        for (; next != -1 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > MAX_LINE_BYTES + 1) { // one for a carriage return
                break;
            }
        }
        return Optional.of(decode(line.toByteArray()));
    }

    private static String decode(byte[] line) throws IOException {
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        if (length > MAX_LINE_BYTES) {
            throw new IOException("a line of standard input is longer than " + MAX_LINE_BYTES + " bytes");
        }
        try { // strictly: a password with a replacement character in it could never be typed again
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("standard input is not UTF-8", e);
        }
    }

    @Override
    public Optional<String> prompt(String prompt) throws IOException {
        return answer(console().readLine("%s", prompt));
    }

    @Override
    public Optional<String> promptHidden(String prompt) throws IOException {
        char[] typed = console().readPassword("%s", prompt);
        return answer(typed == null ? null : new String(typed));
    }

    private static Optional<String> answer(@Nullable String typed) throws IOException {
        if (typed != null && typed.indexOf('\uFFFD') >= 0) { // a "C" locale, mostly
            throw new IOException("what was typed is not in the character set of the locale; try LC_ALL=C.UTF-8");
        }
        return Optional.ofNullable(typed);
    }

    private Console console() {
        if (console == null) {
            throw new IllegalStateException("no terminal to ask on");
        }
        out.flush();
        return console;
    }

    @Override
    public Path directory() {
        return Path.of("").toAbsolutePath();
    }
}
