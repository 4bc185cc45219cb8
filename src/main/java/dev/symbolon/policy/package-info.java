/**
 * Who may use what: the built-in policies, how those of others are loaded and kept in bounds, and the gate that every
 * token passes when it is issued, refreshed and introspected. Knows no SQL, and speaks HTTP only to OPA, in {@code
 * policy.opa}; what it judges is handed in. The interface that others implement is {@code policy.spi}.
 */
@NullMarked
package dev.symbolon.policy;

import org.jspecify.annotations.NullMarked;
