package dev.symbolon.policy;

/**
 * Decides whether a user may use a client. Others than the built-in ones are found by {@link java.util.ServiceLoader}
 * and chosen by {@link #type()} in {@code policy.type} or for one client.
 *
 * <p>Called by many threads at once. Throwing is <em>no decision</em>, which is not a denial: nothing is issued and the
 * caller is asked to try again, or in audit mode the request is allowed and recorded.
 */
public interface Policy {
    /** The name that configuration chooses it by: lower-case words joined by {@code -}. */
    String type();

    Decision decide(PolicyRequest request);

    /**
     * Whether a user without a link is always denied, so that removing a link where this policy is enforced kills the
     * tokens of the pair for good.
     */
    default boolean enforcesLinks() {
        return false;
    }
}
