package dev.symbolon.migrate;

/** An import cannot go on, and has changed nothing: one line for the operator. */
public final class ImportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImportException(String line) {
        super(line);
    }

    ImportException(String line, Throwable cause) {
        super(line, cause);
    }
}
