/**
 * Where people are logged in: sessions, the cookie that carries one, and the proof that a form came from our own page.
 * The login itself is a step of the authorization endpoint, in {@code authorize}.
 */
@NullMarked
package dev.symbolon.session;

import org.jspecify.annotations.NullMarked;
