package dev.symbolon.page;

import dev.symbolon.http.OAuthError;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/** Answers with pages, under headers that keep them from being framed, cached or scripted. Thread-safe. */
public final class Pages {
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final boolean https;

    /** @param https whether people reach this service by HTTPS alone */
    public Pages(boolean https) {
        this.https = https;
    }

    public void show(Context ctx, int status, Page page) {
        show(ctx, status, page, "");
    }

    /** @param formTarget another origin, as {@link FormTarget} spells it, that forms of the page may lead to */
    public void show(Context ctx, int status, Page page, String formTarget) {
        var html = new StringOutput();
        templates.render(page.template(), page, html);
        headers(ctx);
        String scripts = page instanceof FormPostPage ? "'self'" : "'none'";
        ctx.header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src " + scripts + "; form-action 'self'" + formTarget
                        + "; base-uri 'none'; frame-ancestors 'none'");
        ctx.status(status).contentType("text/html; charset=utf-8").result(html.toString());
    }

    /** Sends the browser on, by GET whatever came (RFC 9700 section 4.12). */
    public void redirect(Context ctx, String location) {
        headers(ctx);
        ctx.status(303).header("Location", location);
    }

    /** To be done before a page is made whose links would lead elsewhere from there. */
    public void withoutSlash(Context ctx) {
        int end = ctx.path().length() - 1;
        if (ctx.path().charAt(end) == '/' && ctx.method().equals(HandlerType.GET)) {
            String name = ctx.path().substring(ctx.path().lastIndexOf('/', end - 1) + 1, end);
            String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
            redirect(ctx, "../" + name + query);
            ctx.skipRemainingHandlers();
        }
    }

    private void headers(Context ctx) {
        OAuthError.noStore(ctx);
        ctx.header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
        if (https) {
            ctx.header("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** From now on refusals of this request are pages, if that is what the caller takes. */
    public void refusalsToo(Context ctx) {
        String accepted = ctx.header("Accept");
        if (accepted != null && accepted.contains("text/html")) {
            OAuthError.renderedBy(ctx, this::refuse);
        }
    }

    private void refuse(OAuthError error, Context ctx) {
        String key = error.status() < 500 ? "refused" : error.status() == 503 ? "busy" : "failed";
        String detail = error.status() < 500 ? error.body().errorDescription() : "";
        show(ctx, error.status(), new MessagePage(Frame.of(ctx), key, detail, ""));
    }
}
