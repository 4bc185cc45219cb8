package dev.symbolon.authorize;

import dev.symbolon.user.ResourceOwner;
import java.util.Set;

/** What has to happen next with an authorization request. */
sealed interface Step {
    /** The user has to log in, for the first time or anew. */
    record LogIn() implements Step {}

    /** The client is told that it cannot be. */
    record Refuse(AuthorizationError error) implements Step {}

    /** The policy does not let this user use the client, which the user is told. */
    record Deny(ResourceOwner owner, String reason) implements Step {}

    /** All is well if the user agrees. */
    record Ask(ResourceOwner owner, Set<String> scopes) implements Step {}

    /** All is well. */
    record Allow(ResourceOwner owner, Set<String> scopes) implements Step {}
}
