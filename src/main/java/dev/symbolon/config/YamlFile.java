package dev.symbolon.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * One YAML document, flattened to dotted keys in a single pass over its events: no object is bound, no alias expanded.
 * The parser's own messages are not passed on, as they may quote a password.
 */
final class YamlFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_KEY = 100;
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Path file;
    private final Parser parser;
    private final Set<String> seen = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();

    private YamlFile(Path file, Parser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * A key and its value.
     *
     * @param key dotted, whether the file nests it or not
     * @param text the scalar without its quotes; empty for null and for an empty mapping
     * @param source file and line
     */
    record Entry(String key, String text, String source) {}

    /** @throws ConfigException when the file cannot be read, is over 1 MiB, or is not one mapping of keys to scalars */
    static List<Entry> read(Path file) throws ConfigException {
        String text = text(file);
        // all of it at once: smaller pieces are copied again and again while the end of a long word is looked for
        LoadSettings settings =
                LoadSettings.builder().setBufferSize(text.length() + 1).build();
        try {
            return new YamlFile(file, new ParserImpl(settings, new StreamReader(settings, text))).document();
        } catch (ReaderException e) {
            throw new ConfigException(file + ": holds a control character");
        } catch (YamlEngineException e) {
            Optional<Mark> mark =
                    e instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
            throw new ConfigException(place(file, mark) + ": is not YAML; check indentation, colons, tabs and quotes");
        }
    }

    private static String text(Path file) throws ConfigException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigException(file + ": is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": is not UTF-8 text");
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read; is it a file, and one that this user may read?");
        }
    }

    private List<Entry> document() throws ConfigException {
        parser.next(); // the start of the stream
        if (parser.next().getEventId() == Event.ID.StreamEnd) {
            return entries;
        }
        Event root = parser.next();
        if (root instanceof MappingStartEvent) {
            mapping("");
        } else if (!(root instanceof ScalarEvent scalar) || !text(scalar).isEmpty()) {
            throw problem(root, "takes keys with values, such as http.port: 8080");
        }
        parser.next(); // the end of the document
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw problem(parser.peekEvent(), "takes one document only");
        }
        return entries;
    }

    private void mapping(String prefix) throws ConfigException {
        for (Event next = parser.next(); next.getEventId() != Event.ID.MappingEnd; next = parser.next()) {
            if (!(next instanceof ScalarEvent name)) {
                throw problem(next, "takes a plain word as a key");
            }
            String key = prefix + name.getValue();
            if (key.length() > MAX_KEY) { // bounds the depth as well
                throw problem(name, "unknown key " + Words.quoted(key));
            }
            if (!seen.add(key)) {
                throw problem(name, Words.quoted(key) + " is set twice");
            }
            value(key, parser.next());
        }
    }

    private void value(String key, Event event) throws ConfigException {
        if (event instanceof MappingStartEvent section && isBare(section, section.getTag())) {
            if (parser.checkEvent(Event.ID.MappingEnd)) {
                entries.add(new Entry(key, "", place(file, section.getStartMark())));
            }
            mapping(key + ".");
        } else if (event instanceof ScalarEvent scalar && isBare(scalar, scalar.getTag())) {
            entries.add(new Entry(key, text(scalar), place(file, scalar.getStartMark())));
        } else {
            throw problem(
                    event,
                    key + " takes one value, no list, anchor, alias or tag; quote what begins with [, &, * or !");
        }
    }

    private static boolean isBare(NodeEvent event, Optional<String> tag) {
        return event.getAnchor().isEmpty() && tag.isEmpty();
    }

    private static String text(ScalarEvent scalar) {
        return scalar.isPlain() && NULLS.contains(scalar.getValue()) ? "" : scalar.getValue();
    }

    private ConfigException problem(Event event, String what) {
        return new ConfigException(place(file, event.getStartMark()) + ": " + what);
    }

    private static String place(Path file, Optional<Mark> mark) {
        return file + mark.map(at -> ", line " + (at.getLine() + 1)).orElse("");
    }
}
