package dev.symbolon.migrate;

/**
 * A user and a client that belong together.
 *
 * @param newClient whether the client was not there before
 */
public record ImportedLink(byte[] nameKey, String clientId, boolean newClient) {}
