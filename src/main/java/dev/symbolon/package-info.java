/** The service as a whole: {@code Main} wires it by hand. */
@NullMarked
package dev.symbolon;

import org.jspecify.annotations.NullMarked;
