package dev.symbolon.page;

import java.util.List;

/**
 * May this application act for you on the device that shows this code?
 *
 * @param userCode as the device shows it
 * @param scopes what it asks for, and in which words
 * @param granted the scopes in one line, for the form
 */
public record DevicePage(
        Frame frame,
        Hidden hidden,
        String client,
        String username,
        String userCode,
        List<String> scopes,
        String granted)
        implements Page {
    @Override
    public String template() {
        return "device.jte";
    }

    /** Never the code. */
    @Override
    public String toString() {
        return "DevicePage[" + client + "]";
    }
}
