package dev.symbolon.cli.remote;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the caller asks for, as one JSON object.
 *
 * @param version of the protocol; the rest means what it says only if it is {@link #VERSION}
 * @param directory the caller's working directory, absolute
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Request(int version, List<String> arguments, String directory, boolean interactive) {
    static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    Request {
        arguments = List.copyOf(arguments);
        if (!Path.of(directory).isAbsolute()) {
            throw new IllegalArgumentException("directory is not absolute");
        }
    }

    static Request of(List<String> arguments, Terminal local) {
        return new Request(VERSION, arguments, local.directory().toString(), local.interactive());
    }

    String toJson() throws JsonProcessingException {
        return JSON.writeValueAsString(this);
    }

    /** @throws ProtocolException without a word of the text, which may hold a password */
    static Request parse(String json) throws ProtocolException {
        try {
            Request request = JSON.readValue(json, Request.class);
            if (request != null) {
                return request;
            }
        } catch (JsonProcessingException e) {
            // its message quotes the text
        }
        throw new ProtocolException("not a request");
    }
}
