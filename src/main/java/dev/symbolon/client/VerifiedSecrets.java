package dev.symbolon.client;

import dev.symbolon.limit.RecentlyUsed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers which secrets bcrypt has already confirmed, so that a busy client does not pay for it at each request.
 *
 * <p>What is kept is an HMAC of id and secret under a key of this process, and the stored hash that was confirmed. It
 * counts only while that hash is still stored: a rotated secret is out at the next request. At most 10,000 entries, the
 * least recently used leave first. Thread-safe.
 */
final class VerifiedSecrets {
    private static final int MOST = 10_000;
    private static final String HMAC = "HmacSHA256";

    /** Made for each use by cloning, which is faster than looking it up. */
    private final Mac prototype;

    private final Map<String, String> confirmed = RecentlyUsed.map(MOST);

    VerifiedSecrets() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            prototype = Mac.getInstance(HMAC);
            prototype.init(new SecretKeySpec(random, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    boolean contains(String clientId, String secret, List<String> storedHashes) {
        String hash = confirmed.get(tag(clientId, secret));
        return hash != null && storedHashes.contains(hash);
    }

    void add(String clientId, String secret, String storedHash) {
        confirmed.put(tag(clientId, secret), storedHash);
    }

    /** By which this process knows the pair. A client id has no NUL in it, so that two pairs never run into one text. */
    String tag(String clientId, String secret) {
        try {
            Mac mac = (Mac) prototype.clone();
            byte[] tag = mac.doFinal((clientId + '\0' + secret).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(tag);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own " + HMAC + " can be cloned", e);
        }
    }
}
