/**
 * What a policy of your own implements, and all it needs to know: version 1 of the plug-in interface.
 *
 * <p>A plug-in is a jar with a class that implements {@link Policy} and its name in {@code
 * META-INF/services/dev.symbolon.policy.spi.Policy}. It is found in the directory {@code policy.plugins} or on the class
 * path, and stands alone: what it needs beside the JDK and this package is inside the jar. {@code src/test/plugin} is one
 * to copy.
 *
 * <p>Nothing in here speaks of HTTP or SQL. Within version 1 things are only added, and so that a jar that was built
 * before keeps working: methods with a default, components at the end of the records that a policy is given. A version
 * that breaks this will be a package of its own beside this one.
 */
@NullMarked
package dev.symbolon.policy.spi;

import org.jspecify.annotations.NullMarked;
