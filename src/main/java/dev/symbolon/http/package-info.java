/**
 * What every endpoint shares: the form body, Basic credentials, JSON, and the one way of refusing (RFC 6749 section
 * 5.2). Knows no feature.
 */
@NullMarked
package dev.symbolon.http;

import org.jspecify.annotations.NullMarked;
