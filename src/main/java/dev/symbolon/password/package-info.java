/**
 * Passwords and client secrets at rest: bcrypt with its traps closed, in a small bounded pool of its own.
 *
 * <p>Who they belong to is the business of {@code client} and {@code user}.
 */
@NullMarked
package dev.symbolon.password;

import org.jspecify.annotations.NullMarked;
