/** Groups of users. Which clients their members may use is in {@code link}. */
@NullMarked
package dev.symbolon.group;

import org.jspecify.annotations.NullMarked;
