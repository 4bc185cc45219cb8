package dev.symbolon.attempt;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a password or secret is tried.
 *
 * @param address the IP address that the request comes from
 * @param place what failures are counted by, besides whom they concern
 * @param sign by which those are known again who have succeeded from here before; null for nothing of that kind
 */
public record Origin(String address, UUID place, @Nullable UUID sign) {
    /** Of one user or client. Two that share a bucket hold each other up if one of them fails there, and that is all. */
    private static final int ADDRESSES = 256;

    /**
     * A client presents the user's password: it is known again by the client and the address, which is the user's own
     * if the client is trusted to forward it.
     */
    public static Origin client(String clientId, String address) {
        return new Origin(
                address, Digest.of("client " + clientId), Digest.of("client " + clientId + ' ' + network(address)));
    }

    /** A user types the password on a page of ours: the browser is known again by its cookie. */
    public static Origin browser(String cookie, String address) {
        return new Origin(address, place(address), Digest.of("browser " + cookie));
    }

    /** A client presents its own secret, or an unknown one tries to: it is known again by the address. */
    public static Origin address(String address) {
        return new Origin(address, place(address), Digest.of("address " + network(address)));
    }

    private static UUID place(String address) {
        return new UUID(1, Digest.bucket(network(address), ADDRESSES));
    }

    /** Whoever has one IPv6 address has 2<sup>64</sup>. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", 5);
        return groups.length < 5 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }

    /** What is left of it where the name is nobody's: one place. */
    Origin ofStranger() {
        return new Origin(address, new UUID(1, 0), null);
    }

    Optional<UUID> known() {
        return Optional.ofNullable(sign);
    }
}
