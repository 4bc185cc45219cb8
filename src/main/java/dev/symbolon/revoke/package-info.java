/** Lets clients take their tokens back (RFC 7009). What goes with a token is decided in {@code token}. */
@NullMarked
package dev.symbolon.revoke;

import org.jspecify.annotations.NullMarked;
