/**
 * The device authorization grant (RFC 8628): the endpoint where a device begins, and the page where its user types the
 * code and answers. Device codes, and the grant by which one is exchanged, are in {@code token}.
 */
@NullMarked
package dev.symbolon.device;

import org.jspecify.annotations.NullMarked;
