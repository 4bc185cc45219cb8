package dev.symbolon.page;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.jspecify.annotations.Nullable;

/** The words of pages in one language. A translation is a file {@code texts_LANGUAGE.properties} and a line here. */
public final class Texts {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final int MAX_HEADER = 200;

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle =
                ResourceBundle.getBundle("page/texts", locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    /** @param accepted the header Accept-Language; English for whatever it is that it does not name */
    static Texts of(@Nullable String accepted) {
        return new Texts(locale(accepted));
    }

    private static Locale locale(@Nullable String accepted) {
        if (accepted == null || accepted.length() > MAX_HEADER) {
            return Locale.ENGLISH;
        }
        try {
            Locale found = Locale.lookup(LanguageRange.parse(accepted), LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    public String language() {
        return locale.toLanguageTag();
    }

    /** To the minute, in UTC: pages do not know where their reader is. */
    public String time(Instant time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(time.atZone(ZoneOffset.UTC));
    }

    /** @param values what stands for {0}, {1} … */
    public String get(String key, String... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }
}
