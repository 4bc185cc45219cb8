/** Where the service keeps its tokens. */
enum Store {
    H2,
    /** H2, and a commit waits for the disk. */
    FSYNC,
    POSTGRESQL;

    static Store of(String name) {
        return valueOf(name.toUpperCase());
    }

    @Override
    public String toString() {
        return name().toLowerCase();
    }
}
