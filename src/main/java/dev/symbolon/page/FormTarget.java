package dev.symbolon.page;

import java.net.URI;
import java.util.Locale;

/** A URI as a source expression of {@code form-action}, which Chromium applies to redirects after a form as well. */
public final class FormTarget {
    private FormTarget() {}

    /** Its scheme, host, port and path; of a scheme of an application's own, or an IPv6 address, the scheme alone. */
    public static String of(String uri) {
        URI parsed = URI.create(uri);
        String scheme = parsed.getScheme().toLowerCase(Locale.ROOT) + ":";
        boolean hasHost = scheme.equals("https:") || scheme.equals("http:");
        if (!hasHost || parsed.getHost().startsWith("[")) { // CSP has no way to write it
            return " " + scheme;
        }
        String path = parsed.getRawPath().replace(";", "%3B").replace(",", "%2C");
        return " " + scheme + "//" + parsed.getRawAuthority() + path;
    }
}
