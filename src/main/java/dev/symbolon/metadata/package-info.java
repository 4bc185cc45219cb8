/** What clients can find out about this server by themselves (RFC 8414): only what works. */
@NullMarked
package dev.symbolon.metadata;

import org.jspecify.annotations.NullMarked;
