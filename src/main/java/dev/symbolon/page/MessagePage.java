package dev.symbolon.page;

/**
 * Something to read, and perhaps a link.
 *
 * @param key of the texts: {@code KEY.title} and {@code KEY.text}
 * @param detail for those who run the application, in English; may be empty
 * @param link where to go on; empty for nowhere
 */
public record MessagePage(Frame frame, String key, String detail, String link) implements Page {
    @Override
    public String template() {
        return "message.jte";
    }
}
