package dev.symbolon.policy.opa;

import dev.symbolon.policy.spi.PolicyRequest;
import dev.symbolon.policy.spi.PolicyRequest.Moment;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The input document, of which {@code config/opa-input.json} is a sample. */
record OpaInput(
        String moment,
        String grantType,
        SortedSet<String> scopes,
        PolicyRequest.Client client,
        @Nullable User user,
        boolean linked,
        String address) {

    record User(UUID id, String username, SortedSet<String> groups) {}

    static OpaInput of(PolicyRequest request) {
        PolicyRequest.User user = request.user();
        return new OpaInput(
                request.moment().name().toLowerCase(Locale.ROOT),
                request.grantType(),
                new TreeSet<>(request.scopes()),
                request.client(),
                user == null ? null : new User(user.id(), user.username(), new TreeSet<>(user.groups())),
                request.linked(),
                request.address());
    }

    boolean isIntrospection() {
        return moment.equals(Moment.INTROSPECT.name().toLowerCase(Locale.ROOT));
    }
}
