package dev.symbolon.page;

/**
 * Which code does your device show?
 *
 * @param typed what was typed before; may be empty
 * @param wrong whether it was wrong
 */
public record UserCodePage(Frame frame, Hidden hidden, String typed, boolean wrong) implements Page {
    @Override
    public String template() {
        return "user_code.jte";
    }

    /** Never the code. */
    @Override
    public String toString() {
        return "UserCodePage";
    }
}
