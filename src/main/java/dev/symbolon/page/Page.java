package dev.symbolon.page;

/** What a template is rendered from: a record of its own. */
public interface Page {
    String template();
}
