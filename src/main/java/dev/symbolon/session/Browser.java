package dev.symbolon.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.symbolon.attempt.Origin;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The browser that sent a request, known again by its cookie, whether somebody is logged in or not. */
public final class Browser {
    private final CookieSecret secret;
    private final @Nullable BrowserSession session;
    private final CookieSecret device;
    private final String address;

    Browser(CookieSecret secret, @Nullable BrowserSession session, CookieSecret device, String address) {
        this.secret = secret;
        this.session = session;
        this.device = device;
        this.address = address;
    }

    /** Where passwords are tried that are typed in it. */
    public Origin origin() {
        return Origin.browser(device.value(), address);
    }

    /** By which it is known for longer than a session lasts; a new one until somebody logs in. */
    CookieSecret device() {
        return device;
    }

    public Optional<BrowserSession> session() {
        return Optional.ofNullable(session);
    }

    /** What each of our forms carries, so that no other site's form passes for it; another one after a login. */
    public String formToken() {
        return secret.formToken();
    }

    /** Whether a form is ours and was shown to this browser. */
    public boolean showed(Optional<String> formToken) {
        return formToken
                .filter(token -> MessageDigest.isEqual(
                        token.getBytes(US_ASCII), formToken().getBytes(US_ASCII)))
                .isPresent();
    }
}
