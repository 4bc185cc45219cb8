package dev.symbolon.cli.remote;

import java.time.Duration;

/**
 * What the two ends put up with.
 *
 * @param callers how many commands run at once; one more is told to come again
 * @param request from connecting to the whole request
 * @param progress for the other end to take, or greet with, one frame
 * @param answer for a line of standard input or the answer to a prompt
 * @param command from one frame of a command's output to the next
 * @param drain for the running commands to end when the service stops
 */
record Limits(int callers, Duration request, Duration progress, Duration answer, Duration command, Duration drain) {
    static final Limits DEFAULT = new Limits(
            64,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofDays(1),
            Duration.ofSeconds(5));
}
