package dev.symbolon.config;

/** A configuration that is refused. The message is one line for the operator and never holds a password. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message made one line by escaping control characters */
    ConfigException(String message) {
        super(Words.oneLine(message), null, false, false); // expected refusal: no stack trace
    }

    /** @param source the words after "from": a place in the file, a variable, the command line */
    static ConfigException badValue(Setting<?> setting, String source, String text) {
        return new ConfigException(
                "%s from %s: got %s, takes %s".formatted(setting.key(), source, Words.quoted(text), setting.takes()));
    }

    /** Tells the key alone: its value may be a misspelt key's secret. */
    static ConfigException unknownKey(String key, String source) {
        return new ConfigException("unknown key %s from %s%s"
                .formatted(
                        Words.quoted(key),
                        source,
                        Words.suggestion(key, Settings.ALL.stream().map(Setting::key))));
    }
}
