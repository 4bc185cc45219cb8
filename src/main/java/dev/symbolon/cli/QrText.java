package dev.symbolon.cli;

import static java.util.stream.Collectors.joining;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrCode.Ecc;
import java.util.stream.IntStream;

/** A QR code in characters, two modules high each; the light ones are drawn, since most terminals are dark. */
final class QrText {
    /** Light modules around it, without which it is not found. */
    private static final int QUIET = 4;

    private QrText() {}

    /** @param margin what each line begins with */
    static String of(String text, String margin) {
        QrCode code = QrCode.encodeText(text, Ecc.LOW);
        int end = code.size + QUIET;
        return IntStream.iterate(-QUIET, y -> y < end, y -> y + 2)
                .mapToObj(y -> IntStream.range(-QUIET, end)
                        .mapToObj(x -> module(code.getModule(x, y), code.getModule(x, y + 1)))
                        .collect(joining("", margin, "")))
                .collect(joining("\n"));
    }

    private static String module(boolean upperDark, boolean lowerDark) {
        return upperDark ? (lowerDark ? " " : "▄") : (lowerDark ? "▀" : "█");
    }
}
