/**
 * What is on record for security: the audit log, also of commands that have no log of their own, and the report of what
 * audit mode let through, which tells an operator who would be locked out before links are enforced.
 */
@NullMarked
package dev.symbolon.audit;

import org.jspecify.annotations.NullMarked;
