package dev.symbolon.limit;

import dev.symbolon.config.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many requests in so long a time, as in {@code 60/1m}; they come back evenly.
 *
 * @param requests 1 to 999,999
 * @param period 1 second to 1 day
 */
public record RateLimit(int requests, Duration period) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})/(.+)");

    /** What {@link #parse} takes, in words. */
    public static final String TAKES = "1 to 999999 requests and a duration from 1s to 1d, such as 60/1m";

    public static Optional<RateLimit> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Durations.parse(matcher.group(2))
                        .filter(period -> period.toSeconds() >= 1 && period.compareTo(Duration.ofDays(1)) <= 0)
                        .map(period -> new RateLimit(Integer.parseInt(matcher.group(1)), period))
                : Optional.empty();
    }
}
