package dev.symbolon.policy.spi;

/**
 * Decides whether a user may use a client. Found by {@link java.util.ServiceLoader}, which needs a public constructor
 * without parameters, and chosen by {@link #type()} in {@code policy.type} or for one client.
 *
 * <p>Called by many threads at once, from a pool of its own. Throwing, answering null and taking longer than {@code
 * policy.plugin-timeout}, after which the thread is interrupted, are <em>no decision</em>, which is not a denial:
 * nothing is issued and the caller is asked to try again, or in audit mode the request is allowed and recorded.
 */
public interface Policy {
    /** The name that configuration chooses it by: lower-case words joined by {@code -}. Asked once. */
    String type();

    /** @param request never null, as what is in it unless it says so */
    Decision decide(PolicyRequest request);

    /**
     * Whether a user without a link is always denied. If so, removing the last link of a user where this policy is
     * enforced kills their tokens for good, and no token outlives the links it rests on. Asked once.
     */
    default boolean enforcesLinks() {
        return false;
    }
}
