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
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

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
        var reader = new StreamReader(text(file));
        try {
            return new YamlFile(file, new ParserImpl(reader, new LoaderOptions())).document();
        } catch (MarkedYAMLException e) {
            throw new ConfigException(
                    place(file, e.getProblemMark()) + ": is not YAML; check indentation, colons, tabs and quotes");
        } catch (YAMLException e) {
            throw new ConfigException(file + ": holds a control character");
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
        parser.getEvent(); // the start of the stream
        if (parser.getEvent().is(Event.ID.StreamEnd)) {
            return entries;
        }
        Event root = parser.getEvent();
        if (root instanceof MappingStartEvent) {
            mapping("");
        } else if (!(root instanceof ScalarEvent scalar) || !text(scalar).isEmpty()) {
            throw problem(root, "takes keys with values, such as http.port: 8080");
        }
        parser.getEvent(); // the end of the document
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw problem(parser.peekEvent(), "takes one document only");
        }
        return entries;
    }

    private void mapping(String prefix) throws ConfigException {
        for (Event next = parser.getEvent(); !next.is(Event.ID.MappingEnd); next = parser.getEvent()) {
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
            value(key, parser.getEvent());
        }
    }

    private void value(String key, Event event) throws ConfigException {
        if (event instanceof MappingStartEvent section && section.getAnchor() == null && section.getTag() == null) {
            if (parser.checkEvent(Event.ID.MappingEnd)) {
                entries.add(new Entry(key, "", place(file, section.getStartMark())));
            }
            mapping(key + ".");
        } else if (event instanceof ScalarEvent scalar && scalar.getAnchor() == null && scalar.getTag() == null) {
            entries.add(new Entry(key, text(scalar), place(file, scalar.getStartMark())));
        } else {
            throw problem(
                    event,
                    key + " takes one value, no list, anchor, alias or tag; quote what begins with [, &, * or !");
        }
    }

    private static String text(ScalarEvent scalar) {
        return scalar.isPlain() && NULLS.contains(scalar.getValue()) ? "" : scalar.getValue();
    }

    private ConfigException problem(Event event, String what) {
        return new ConfigException(place(file, event.getStartMark()) + ": " + what);
    }

    private static String place(Path file, Mark mark) {
        return file + ", line " + (mark.getLine() + 1);
    }
}
