package dev.symbolon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code demo}, as somebody meets it who has just downloaded the jar. */
class DemoIT extends ProcessFixture {
    private Program demo() {
        Program demo = keep(Program.start(directory, "demo", "--port", "0"));
        demo.awaitOut("ready at http://localhost:");
        return demo;
    }

    private Program.Result onDemo(String command) {
        return Program.run(directory, (command + " --demo").split(" "));
    }

    @Test
    void the_lines_it_prints_tell_the_whole_story_when_pasted() {
        Program demo = demo();
        demo.terminate();
        String pasted = demo.result()
                .out()
                .lines()
                .filter(line -> !line.startsWith("ready") && !line.startsWith("Symbolon") && !line.startsWith("Alice"))
                .collect(Collectors.joining("\n"));
        Program again = keep(Program.start(directory, "demo", "--port", Integer.toString(demo.port())));
        again.awaitOut("ready");

        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        Map<String, String> environment = Map.of(
                "PATH", path, "JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + directory + "/tmp");
        Program.Result story;
        try (Program bash = Program.exec(directory, environment, List.of("bash", "-c", pasted))) {
            story = bash.result();
        }
        String form = "(?s)\\{\"access_token\":\"sat_[^}]*}\\s*"
                + "\\{\"access_token\":\"sat_[^}]*\"refresh_token\":\"srt_[^}]*}\\s*"
                + "\\{\"error\":\"invalid_grant\",\"error_description\":\"device_code is[^}]*}\\s*" // the first demo's
                + "\\{\"device_code\":\"sdc_[^}]*\"verification_uri_complete\":\"http://localhost:[^}]*}\\s*"
                + "\\{\"error\":\"invalid_grant\",\"error_description\":\"user is not linked to this client\"}\\s*"
                + "Linked bob to 1_aaa\\.\\s*"
                + "\\{\"active\":true[^}]*\"username\":\"bob\"[^}]*}\\s*"
                + "Unlinked bob from 1_aaa\\.\\s*"
                + "\\{\"active\":false}\\s*";
        assertTrue(story.out().matches(form), () -> pasted + "\n" + story);
    }

    @Test
    void its_qr_code_leads_to_a_device_that_waits() throws Exception {
        Program demo = demo();
        demo.terminate();
        List<String> out = demo.result().out().lines().toList();
        List<String> drawn =
                out.stream().filter(line -> line.matches("# [█▀▄ ]+")).toList();
        String read = new QRCodeReader()
                .decode(picture(drawn), Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
        assertTrue(read.matches("http://localhost:[0-9]+/device\\?user_code=[A-Z]{4}-[A-Z]{4}"), read);
        assertTrue(out.contains("# " + read), out::toString);
    }

    /** Eight pixels a module; a line of text is two modules high. */
    private static BinaryBitmap picture(List<String> lines) {
        int width = lines.get(0).length() - 2;
        int[] pixels = new int[width * 8 * lines.size() * 16];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / (width * 8) / 8;
            char drawn = lines.get(y / 2).charAt(2 + i % (width * 8) / 8);
            boolean light = drawn == '█' || drawn == (y % 2 == 0 ? '▀' : '▄');
            pixels[i] = light ? 0xFFFFFF : 0;
        }
        return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width * 8, lines.size() * 16, pixels)));
    }

    @Test
    void it_starts_afresh_each_time_leaves_no_database_and_listens_on_loopback_alone() throws Exception {
        Program demo = demo();
        List<Listeners.Listener> listeners = Listeners.of(demo.pid());
        assertEquals(2, listeners.size(), listeners::toString);
        assertTrue(listeners.stream().allMatch(Listeners.Listener::loopback), listeners::toString);
        assertEquals(0, onDemo("user delete bob").exitCode());
        demo.terminate();
        demo.exitCode();
        assertFailed("no demo is running", onDemo("user list"));
        assertFalse(Files.exists(directory.resolve("data")));
        demo();
        Program.Result users = onDemo("user list --json");
        assertTrue(users.out().matches("\\[\\{[^}]*\"alice\"[^}]*},\\{[^}]*\"bob\"[^}]*}]\n"), users::toString);
    }

    @Test
    void a_configuration_that_lies_about_does_not_change_it() throws Exception {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/symbolon.yaml"), "http.host: 0.0.0.0\npolicy.type: allow-all\n");
        Program demo = keep(Program.start(directory, Map.of("SYMBOLON_POLICY_MODE", "audit"), "demo", "--port", "0"));
        var caller = new Caller(demo.port());
        assertEquals(200, caller.login("alice").statusCode());
        assertEquals(400, caller.login("bob").statusCode());
        assertTrue(Listeners.of(demo.pid()).stream().allMatch(Listeners.Listener::loopback));
    }

    @Test
    void a_port_in_use_is_told_in_one_line() {
        int port = demo().port();
        assertFailed("port " + port, Program.run(directory, "demo", "--port", Integer.toString(port)));
    }
}
