/**
 * Links: which user may use which client, by a link of their own or of a group. What follows from a link is decided in
 * {@code policy}; who is in a group in {@code group}. Removing the last link of a pair raises the counter of the pair,
 * which is what kills its tokens for good.
 */
@NullMarked
package dev.symbolon.link;

import org.jspecify.annotations.NullMarked;
