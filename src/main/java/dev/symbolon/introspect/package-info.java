/** Tells resource servers whether a token is good (RFC 7662). Whether it is, is judged in {@code token}. */
@NullMarked
package dev.symbolon.introspect;

import org.jspecify.annotations.NullMarked;
