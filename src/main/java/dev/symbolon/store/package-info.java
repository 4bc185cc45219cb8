/**
 * The database: opening it, its files and who may read them, its schema, and how a transaction is made durable.
 *
 * <p>What is in the tables belongs to the features: each has its DAO beside it. SQL keeps to what both H2 and
 * PostgreSQL accept.
 */
@NullMarked
package dev.symbolon.store;

import org.jspecify.annotations.NullMarked;
