/**
 * Doors: where apps that cannot keep a secret get tokens of a confidential client, whose secret stays here. The steps
 * are those of {@code token/TokenEndpoint}; that tokens are bound to their door is in {@code token/Family}.
 */
@NullMarked
package dev.symbolon.door;

import org.jspecify.annotations.NullMarked;
