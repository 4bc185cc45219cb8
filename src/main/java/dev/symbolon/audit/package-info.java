/**
 * What audit mode let through: the report that tells an operator who would be locked out before links are enforced.
 */
@NullMarked
package dev.symbolon.audit;

import org.jspecify.annotations.NullMarked;
