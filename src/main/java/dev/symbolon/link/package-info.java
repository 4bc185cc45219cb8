/**
 * The link: which user may use which client, and with which scopes. What follows from a link is decided in {@code
 * policy}; a link is read together with its user, in {@code user} and {@code token}.
 */
@NullMarked
package dev.symbolon.link;

import org.jspecify.annotations.NullMarked;
