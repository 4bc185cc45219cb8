package dev.symbolon.policy.spi;

import java.util.Objects;
import java.util.Set;

/** What a {@link Policy} answers. */
public sealed interface Decision {
    /**
     * @param scopes those of the requested ones that are allowed; others than the requested ones count for nothing
     */
    record Allow(Set<String> scopes) implements Decision {
        public Allow {
            scopes = Set.copyOf(scopes);
        }
    }

    /** @param reason in plain words; the client gets to read it unless {@code policy.disclose-denial} is off */
    record Deny(String reason) implements Decision {
        public Deny {
            Objects.requireNonNull(reason, "reason is null");
        }
    }
}
