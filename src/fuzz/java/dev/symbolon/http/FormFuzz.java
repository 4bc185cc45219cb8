package dev.symbolon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** Whatever it is given, a form is read or refused; and what was read is read again when it is written anew. */
public final class FormFuzz {
    private FormFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> read = new ArrayList<>();
        try {
            UrlEncoded.parse(input, UTF_8, (name, value) -> read.addAll(List.of(name, value)));
        } catch (OAuthError refused) {
            return;
        }
        var again = new StringBuilder();
        for (int i = 0; i < read.size(); i += 2) {
            again.append(URLEncoder.encode(read.get(i), UTF_8)).append('=');
            again.append(URLEncoder.encode(read.get(i + 1), UTF_8)).append('&');
        }
        List<String> second = new ArrayList<>();
        UrlEncoded.parse(again.toString().getBytes(UTF_8), UTF_8, (name, value) -> second.addAll(List.of(name, value)));
        if (!read.equals(second)) {
            throw new AssertionError("read again as something else");
        }
    }
}
