package dev.symbolon.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a denial by the policy. */
public enum PolicyMode {
    /** A denial denies. */
    ENFORCE,
    /** A denial is recorded and the request allowed, so that an operator sees who would be locked out. */
    AUDIT;

    /** @return the name in configuration, commands and JSON: lower case */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the mode of exactly this wire name; empty when there is none */
    public static Optional<PolicyMode> of(String wireName) {
        return Stream.of(values())
                .filter(mode -> mode.wireName().equals(wireName))
                .findFirst();
    }
}
