/** What users have agreed to, so that they need not be asked again. Asking is a step of {@code authorize}. */
@NullMarked
package dev.symbolon.consent;

import org.jspecify.annotations.NullMarked;
