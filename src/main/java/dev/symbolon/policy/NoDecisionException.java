package dev.symbolon.policy;

/** The policy gave no clear answer: nothing is issued, nothing is consumed, the same request may do later. */
public final class NoDecisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What audit mode records of it. */
    static final String REASON = "the policy gave no decision";

    NoDecisionException(String policyType) {
        super("policy " + policyType + " gave no decision", null, false, false);
    }
}
