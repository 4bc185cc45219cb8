/**
 * The command line (contract section 2): thin commands over the features. How a command reaches the service that holds
 * the database is in {@code cli.remote}.
 */
@NullMarked
package dev.symbolon.cli;

import org.jspecify.annotations.NullMarked;
