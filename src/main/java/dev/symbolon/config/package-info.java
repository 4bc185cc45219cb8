/**
 * Every setting: declared once in {@link dev.symbolon.config.Settings}, read by
 * {@link dev.symbolon.config.ConfigReader}, handed on as the immutable {@link dev.symbolon.config.Config}.
 *
 * <p>What is refused is refused before anything starts, in one line. {@code config/symbolon.yaml} is the same list
 * for people; a test holds the two together.
 */
@NullMarked
package dev.symbolon.config;

import org.jspecify.annotations.NullMarked;
