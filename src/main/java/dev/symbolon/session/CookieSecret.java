package dev.symbolon.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of the cookie: 256 random bits in base64url. What is stored of it, and what our forms show to prove that they
 * are ours, is derived from it and tells nothing of it.
 */
record CookieSecret(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HMAC = "HmacSHA256";

    static CookieSecret random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new CookieSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty for what cannot be one. */
    static Optional<CookieSecret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new CookieSecret(text)) : Optional.empty();
    }

    byte[] hash() {
        return derive("session");
    }

    String formToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derive("form"));
    }

    private byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(value.getBytes(US_ASCII), HMAC));
            return mac.doFinal(purpose.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /** Never the value. */
    @Override
    public String toString() {
        return "CookieSecret";
    }
}
