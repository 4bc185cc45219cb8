/**
 * Failed logins and wrong secrets, counted in the database by all instances together, and the waits that they lead to
 * (RFC 6749 section 2.3.1 and 10.10).
 *
 * <p>Whether a password or secret is right is the business of {@code user} and {@code client}; wrong user codes of
 * devices, which have nobody's name on them, are counted by {@code token}.
 */
@NullMarked
package dev.symbolon.attempt;

import org.jspecify.annotations.NullMarked;
