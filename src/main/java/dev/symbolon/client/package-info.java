/**
 * Clients and how they authenticate (RFC 6749 section 2.3). Which users may use them is in {@code link} and {@code
 * policy}.
 */
@NullMarked
package dev.symbolon.client;

import org.jspecify.annotations.NullMarked;
