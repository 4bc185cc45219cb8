package dev.symbolon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a browser's request, where a fault may be told to somebody else than the sender. An empty one is
 * absent; one that is repeated has no value.
 */
public final class Parameters {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();

    private Parameters(byte[] encoded, Charset charset) {
        UrlEncoded.parse(encoded, charset, (name, value) -> {
            if (values.putIfAbsent(name, value) != null) {
                repeated.add(name);
            }
        });
        values.keySet().removeAll(repeated);
        values.values().removeIf(String::isEmpty);
    }

    /** @throws OAuthError {@code invalid_request} if it is malformed */
    public static Parameters ofQuery(Context ctx) {
        String query = ctx.queryString();
        return new Parameters(query == null ? new byte[0] : query.getBytes(ISO_8859_1), UTF_8);
    }

    /** @throws OAuthError as {@link Form#of}, but not for what is repeated, or in the query string */
    public static Parameters ofBody(Context ctx) {
        return new Parameters(Form.body(ctx), Form.charset(ctx));
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public boolean isRepeated(String name) {
        return repeated.contains(name);
    }
}
