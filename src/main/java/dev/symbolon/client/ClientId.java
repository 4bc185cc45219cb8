package dev.symbolon.client;

import java.util.regex.Pattern;

/** The form of a client id (RFC 6749 appendix A.1: VSCHAR), with a bound. */
public final class ClientId {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private ClientId() {}

    /** Whether there could be a client of this id; other ones need not be looked up. */
    public static boolean isPossible(String id) {
        return FORM.matcher(id).matches();
    }
}
