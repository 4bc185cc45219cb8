package dev.symbolon.cli;

import dev.symbolon.config.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** When a link ends. */
final class LinkEndOptions {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    static final class End {
        @Option(
                names = "--until",
                paramLabel = "TIME",
                description = "It ends after this day (2026-12-31, in UTC) or at this time (2026-12-31T18:00:00Z).")
        private @Nullable String until;

        @Option(names = "--for", paramLabel = "DURATION", description = "It ends after this time: 8h, 30d.")
        private @Nullable String duration;
    }

    @ArgGroup
    private @Nullable End end;

    /** In whole seconds; null if it does not end. */
    @Nullable
    Instant endsAt(Clock clock) {
        if (end == null) {
            return null;
        }
        Instant now = clock.instant();
        Instant endsAt = end.until == null ? after(now, String.valueOf(end.duration)) : until(end.until);
        if (!endsAt.isAfter(now)) {
            throw CommandFailure.badUsage("a link must end in the future");
        }
        if (endsAt.isAfter(now.plus(LONGEST))) {
            throw CommandFailure.badUsage("a link must end within a hundred years, or not at all");
        }
        return endsAt;
    }

    private static Instant after(Instant now, String duration) {
        return Durations.parse(duration)
                .map(now::plus)
                .orElseThrow(() -> CommandFailure.badUsage("--for takes a duration such as 8h or 30d"))
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant until(String time) {
        try {
            return time.contains("T")
                    ? OffsetDateTime.parse(time).toInstant().truncatedTo(ChronoUnit.SECONDS)
                    : LocalDate.parse(time)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException e) {
            throw CommandFailure.badUsage(
                    "--until takes a day such as 2026-12-31, or a time such as 2026-12-31T18:00:00Z");
        }
    }
}
