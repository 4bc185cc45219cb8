/**
 * Users: resource owners with a name and a password. Which clients they may use is in {@code link} and {@code policy}.
 */
@NullMarked
package dev.symbolon.user;

import org.jspecify.annotations.NullMarked;
