package dev.symbolon.device;

import dev.symbolon.client.Client;
import dev.symbolon.token.DeviceCode;
import dev.symbolon.token.DeviceCode.Answer;
import dev.symbolon.user.ResourceOwner;
import java.util.Set;

/** What has to happen next with a user code. */
sealed interface Step {
    /** Nobody is told anything of a code before they have logged in. */
    record LogIn() implements Step {}

    /** There have been too many wrong ones. */
    record Wait() implements Step {}

    /** There is no such code, any more or for this user. */
    record Retype() implements Step {}

    /** This user has answered. */
    record Done(Answer answer) implements Step {}

    /** The policy does not let this user have what the device asks for, which the user is told, and then the device. */
    record Deny(DeviceCode code, Client client, ResourceOwner owner, String reason, Answer answer) implements Step {}

    /** All is well if the user agrees. */
    record Ask(DeviceCode code, Client client, ResourceOwner owner, Set<String> scopes) implements Step {}
}
