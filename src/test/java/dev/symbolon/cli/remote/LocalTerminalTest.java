package dev.symbolon.cli.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("no-database")
class LocalTerminalTest {
    @Test
    void a_line_comes_without_its_end_and_the_rest_of_the_input_is_left_alone() throws IOException {
        var terminal = TypedTerminal.piped("pässword\r\n\nlast");

        assertEquals(Optional.of("pässword"), terminal.readLine());
        assertEquals("\nlast".length(), terminal.in().available());
        assertEquals(Optional.of(""), terminal.readLine());
        assertEquals(Optional.of("last"), terminal.readLine());
        assertEquals(Optional.empty(), terminal.readLine());
    }

    @Test
    void a_line_has_at_most_64_KiB() throws IOException {
        String longest = "x".repeat(65_536);

        assertEquals(Optional.of(longest), TypedTerminal.piped(longest + "\r\n").readLine());
        var tooLong = TypedTerminal.piped(longest + "x\n");
        assertEquals(
                "a line of standard input is longer than 65536 bytes",
                assertThrows(IOException.class, tooLong::readLine).getMessage());
    }

    @Test
    void a_line_that_is_not_UTF_8_is_refused_rather_than_changed() {
        var latin = new ByteArrayInputStream("pässword\n".getBytes(ISO_8859_1));
        var none = OutputStream.nullOutputStream();

        var terminal = new LocalTerminal(latin, none, none, null);

        assertEquals(
                "standard input is not UTF-8",
                assertThrows(IOException.class, terminal::readLine).getMessage());
    }

    @Test
    void pipes_are_not_interactive() {
        var terminal = LocalTerminal.ofProcess(); // that of a test has no terminal

        assertFalse(terminal.interactive());
        assertThrows(IllegalStateException.class, () -> terminal.promptHidden("Password: "));
    }
}
