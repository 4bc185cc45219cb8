package dev.symbolon.password;

/** More passwords wait to be checked than can be in time: the same request may do later. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusyException() {
        super("the queue for bcrypt is full", null, false, false);
    }
}
