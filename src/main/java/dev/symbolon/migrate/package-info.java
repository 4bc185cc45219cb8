/**
 * Moving in: the clients, users, links and live tokens of FOSOAuthServerBundle and FOSUserBundle, read from their
 * database; and of anybody, as JSON lines.
 *
 * <p>How a hash of another program is verified is in {@code password}, how an old token is found in {@code token}.
 */
@NullMarked
package dev.symbolon.migrate;

import org.jspecify.annotations.NullMarked;
