package dev.symbolon.page;

import java.util.Map;

/** The answer to a client, which the browser carries there (OAuth 2.0 Form Post Response Mode). */
public record FormPostPage(Frame frame, String client, String action, Map<String, String> parameters) implements Page {
    @Override
    public String template() {
        return "form_post.jte";
    }

    /** Never the code. */
    @Override
    public String toString() {
        return "FormPostPage[" + client + "]";
    }
}
