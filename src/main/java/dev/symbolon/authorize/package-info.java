/**
 * The authorization endpoint (RFC 6749 section 3.1): the request, what has to happen next with it (login, the policy's
 * denial, consent), and the response. All of a request is carried by the browser and judged anew at each step, so that
 * nothing is kept here. The code is exchanged in {@code token}; sessions are in {@code session}, pages in {@code page}.
 */
@NullMarked
package dev.symbolon.authorize;

import org.jspecify.annotations.NullMarked;
