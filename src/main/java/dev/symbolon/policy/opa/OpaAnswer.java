package dev.symbolon.policy.opa;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.symbolon.http.Json;
import dev.symbolon.policy.spi.Decision;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code {"result": true | false | {"allow":…, "scopes":[…], "reason":…}}}; anything else is no clear answer. */
final class OpaAnswer {
    private static final String NO_REASON = "the policy does not allow it";
    private static final ObjectReader STRICT = Json.MAPPER
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private OpaAnswer() {}

    /**
     * @param asked the scopes that an answer without scopes allows
     * @throws IOException if this is no clear answer
     */
    static Decision read(byte[] body, Set<String> asked) throws IOException {
        JsonNode result = STRICT.readTree(body).path("result");
        if (result.isMissingNode()) {
            throw new IOException("the document at policy.opa.url is undefined");
        }
        if (result.isBoolean()) {
            return result.booleanValue() ? new Decision.Allow(asked) : new Decision.Deny(NO_REASON);
        }
        JsonNode allow = result.path("allow");
        JsonNode reason = result.path("reason");
        if (!allow.isBoolean() || !(reason.isTextual() || reason.isMissingNode())) {
            throw unclear();
        }
        Set<String> scopes = scopes(result.path("scopes"), asked);
        return allow.booleanValue()
                ? new Decision.Allow(scopes)
                : new Decision.Deny(reason.asText().isBlank() ? NO_REASON : reason.asText());
    }

    private static Set<String> scopes(JsonNode scopes, Set<String> asked) throws IOException {
        if (scopes.isMissingNode()) {
            return asked;
        }
        if (!scopes.isArray()) {
            throw unclear();
        }
        Set<String> words = new TreeSet<>();
        for (JsonNode scope : scopes) {
            if (!scope.isTextual()) {
                throw unclear();
            }
            words.add(scope.textValue());
        }
        return words;
    }

    private static IOException unclear() {
        return new IOException("result is neither a boolean nor an object with allow, scopes and reason");
    }
}
