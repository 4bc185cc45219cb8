/** The policy {@code opa}: asks an Open Policy Agent over its Data API (contract section 5). */
@NullMarked
package dev.symbolon.policy.opa;

import org.jspecify.annotations.NullMarked;
