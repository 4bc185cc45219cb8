/** What keeps the service running: logs, health, and the jobs that clean up. */
@NullMarked
package dev.symbolon.ops;

import org.jspecify.annotations.NullMarked;
