package dev.symbolon.page;

import io.javalin.http.Context;

/**
 * What every page needs.
 *
 * @param root from the page's own URL to where the service's URLs begin, which a proxy may have moved
 */
public record Frame(Texts texts, String root) {
    public static Frame of(Context ctx) {
        long depth = ctx.path().chars().filter(c -> c == '/').count() - 1;
        return new Frame(Texts.of(ctx.header("Accept-Language")), "../".repeat((int) Math.max(0, depth)));
    }

    public String text(String key, String... values) {
        return texts.get(key, values);
    }
}
