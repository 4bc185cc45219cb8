package dev.symbolon.cli;

/** Values that only the feature can judge. */
final class Arguments {
    private Arguments() {}

    /** Runs what may find a value impossible, and says so in one line. */
    static void checked(Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badUsage(String.valueOf(e.getMessage()));
        }
    }
}
