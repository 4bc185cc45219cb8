/**
 * The database, embedded H2 or a PostgreSQL server: opening it, its schema, how a transaction is made durable, and what its
 * failures mean.
 *
 * <p>What is in the tables belongs to the features: each has its DAO beside it. SQL keeps to what both H2 and
 * PostgreSQL accept.
 */
@NullMarked
package dev.symbolon.store;

import org.jspecify.annotations.NullMarked;
