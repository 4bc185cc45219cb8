package dev.symbolon.cli;

/** The service, as the commands that start it see it; closing it stops it in order. */
public interface RunningService extends AutoCloseable {
    /** The OAuth listener's. */
    int port();

    int managementPort();

    /** RFC 8414's, the base of every endpoint's URL. */
    String issuer();

    @Override
    void close();
}
