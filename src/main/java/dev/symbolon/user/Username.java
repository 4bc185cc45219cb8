package dev.symbolon.user;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** User names compare without case and without regard to how Unicode composes them (RFC 8265 section 3.3). */
final class Username {
    private static final int MAX_CHARACTERS = 1024;

    private Username() {}

    /** The form that is compared; empty for what cannot be a user name. */
    static Optional<String> canonical(String name) {
        boolean possible = !name.isBlank()
                && name.codePointCount(0, name.length()) <= MAX_CHARACTERS
                && name.chars().noneMatch(Character::isISOControl);
        if (!possible) {
            return Optional.empty();
        }
        return Optional.of(Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC));
    }
}
