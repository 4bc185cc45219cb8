package dev.symbolon.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.symbolon.link.Link;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A link as JSON shows it.
 *
 * @param username null for the link of a group, unless it was asked by which links this user may use a client
 * @param group only of the link of a group
 * @param until only of a link that ends
 */
record LinkDocument(
        @Nullable String username,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String group,
        String clientId,
        @Nullable Set<String> scopes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant until,
        Instant createdAt) {

    static final List<String> HEADERS = List.of("USER", "GROUP", "CLIENT", "SCOPES", "UNTIL", "CREATED");

    static LinkDocument of(Link link) {
        return new LinkDocument(
                link.username(), link.groupName(), link.clientId(), link.scopes(), link.endsAt(), link.createdAt());
    }

    List<String> cells() {
        return List.of(
                username == null ? "-" : username,
                group == null ? "-" : group,
                clientId,
                scopes == null ? "all" : Output.words(scopes),
                until == null ? "-" : until.toString(),
                createdAt.toString());
    }
}
