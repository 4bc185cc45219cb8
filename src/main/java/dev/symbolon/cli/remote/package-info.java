/**
 * Carries an administration command typed in one process to the service that owns the database, and its output back.
 *
 * <p>Over a Unix-domain socket in a directory that only its owner may enter: {@link SocketPath} says where,
 * {@link AdminSocket} is the service's end and {@link AdminCaller} the other. What a command is, is not known here: it is
 * words in ({@link CommandRunner}), an exit code out, and a {@link Terminal} to talk to.
 */
@NullMarked
package dev.symbolon.cli.remote;

import org.jspecify.annotations.NullMarked;
