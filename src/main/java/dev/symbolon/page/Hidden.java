package dev.symbolon.page;

import java.util.List;
import java.util.Map;

/**
 * What a form carries without showing it.
 *
 * @param action where it goes, relative to the page
 * @param token the proof that the form is ours
 * @param request the parameters of the request that it is a step of
 */
public record Hidden(String action, String token, List<Map.Entry<String, String>> request) {
    /** Never the token. */
    @Override
    public String toString() {
        return "Hidden";
    }
}
