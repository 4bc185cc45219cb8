package dev.symbolon.store;

/** Another process holds the embedded database: the service, or a command that is about to end. */
public final class DatabaseInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseInUseException(String message) {
        super(message);
    }
}
