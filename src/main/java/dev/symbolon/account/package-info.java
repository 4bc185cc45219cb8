/**
 * What people see and decide about their own account: which applications may act for them, where they are logged in, and
 * their password. What they decide is carried out by {@code consent}, {@code session} and {@code user}.
 */
@NullMarked
package dev.symbolon.account;

import org.jspecify.annotations.NullMarked;
