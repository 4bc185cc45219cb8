/**
 * Pages for people: how they are rendered, with which headers, in which language, and what they are made of. The templates
 * are in {@code src/main/jte}, compiled by the build; texts, stylesheet and script in {@code src/main/resources/page}.
 */
@NullMarked
package dev.symbolon.page;

import org.jspecify.annotations.NullMarked;
