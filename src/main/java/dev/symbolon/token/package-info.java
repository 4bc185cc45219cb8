/**
 * The token endpoint (RFC 6749 section 3.2): the steps every grant shares, each grant, and how tokens are made, kept
 * and judged alive. What others learn of a token is in {@code introspect}, taking it back in {@code revoke}.
 */
@NullMarked
package dev.symbolon.token;

import org.jspecify.annotations.NullMarked;
