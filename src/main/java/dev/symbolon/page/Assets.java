package dev.symbolon.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** The stylesheet and the script of the pages: read once, and kept by browsers for an hour. */
public final class Assets {
    private final byte[] style = read("/page/style.css");
    private final byte[] submit = read("/page/submit.js");

    /** {@code GET /assets/style.css}. */
    public void style(Context ctx) {
        answer(ctx, "text/css; charset=utf-8", style);
    }

    /** {@code GET /assets/submit.js}. */
    public void submit(Context ctx) {
        answer(ctx, "text/javascript; charset=utf-8", submit);
    }

    private static void answer(Context ctx, String type, byte[] content) {
        ctx.header("Cache-Control", "public, max-age=3600")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(type)
                .result(content);
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read from the jar", e);
        }
    }
}
