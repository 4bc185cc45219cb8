package dev.symbolon.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting, as {@link Settings} declares it.
 *
 * @param key dotted, in lower case, as the file has it
 * @param fallback the built-in default, in the words of the file; empty means none
 * @param takes what a value may be, with bounds and units; completes "takes …"
 * @param parser empty when the text is not a value of this setting
 */
public record Setting<T>(String key, String fallback, String takes, Function<String, Optional<T>> parser) {

    /** @return the value; empty when the text is not what this setting takes */
    public Optional<T> parse(String text) {
        return parser.apply(text);
    }

    /** @return the name of the environment variable, such as {@code SYMBOLON_HTTP_PORT} */
    public String variable() {
        return "SYMBOLON_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** @param form regular expression of the whole text */
    static Setting<String> text(String key, String fallback, String takes, String form) {
        return new Setting<>(key, fallback, takes, text -> Optional.of(text).filter(value -> value.matches(form)));
    }

    static Setting<Integer> number(String key, int fallback, int min, int max) {
        return new Setting<>(
                key,
                Integer.toString(fallback),
                "a whole number from %d to %d".formatted(min, max),
                text -> Optional.of(text)
                        .filter(digits -> digits.matches("0|[1-9][0-9]{0,8}")) // "010" is 8 in YAML, 10 elsewhere
                        .map(Integer::valueOf)
                        .filter(number -> min <= number && number <= max));
    }

    static <T> Setting<T> choice(String key, String fallback, List<T> choices, Function<T, String> name) {
        String takes = choices.stream().map(name).collect(Collectors.joining(", ", "one of ", ""));
        return new Setting<>(
                key,
                fallback,
                takes,
                text -> choices.stream()
                        .filter(choice -> name.apply(choice).equals(text))
                        .findFirst());
    }

    static Setting<Duration> duration(String key, String fallback, String min, String max) {
        Duration least = Durations.parse(min).orElseThrow();
        Duration most = Durations.parse(max).orElseThrow();
        return new Setting<>(
                key,
                fallback,
                "a duration from %s to %s, such as 500ms, 10s, 5m, 1h or 14d".formatted(min, max),
                text -> Durations.parse(text)
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    /** A token's lifetime: {@code expires_in} (RFC 6749 section 5.1) and stored instants have no fractions. */
    static Setting<Duration> lifetime(String key, String fallback) {
        return seconds(key, fallback, "1s", "3650d");
    }

    static Setting<Duration> seconds(String key, String fallback, String min, String max) {
        Setting<Duration> any = duration(key, fallback, min, max);
        return new Setting<>(
                key,
                fallback,
                any.takes() + ", in whole seconds",
                text -> any.parse(text).filter(value -> value.equals(value.truncatedTo(ChronoUnit.SECONDS))));
    }
}
