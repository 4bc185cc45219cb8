/**
 * Which user may use which client: the decision, and how strictly it is applied.
 *
 * <p>Nothing here sees HTTP or SQL. The links that {@code require-link} asks about are kept by the package
 * {@code link}; the endpoints that ask live with their features.
 */
@NullMarked
package dev.symbolon.policy;

import org.jspecify.annotations.NullMarked;
