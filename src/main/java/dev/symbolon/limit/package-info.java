/** How often clients and doors may be used. Each instance counts by itself, in memory. */
@NullMarked
package dev.symbolon.limit;

import org.jspecify.annotations.NullMarked;
