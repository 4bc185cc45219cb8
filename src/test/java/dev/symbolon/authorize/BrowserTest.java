package dev.symbolon.authorize;

import static dev.symbolon.TestService.post;

import dev.symbolon.TestService;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A person in front of a started service with the tutorial's data. */
public abstract class BrowserTest {
    @TempDir
    public Path directory;

    protected TestService service;
    protected Visitor visitor;

    @BeforeEach
    void start() {
        service = TestService.start(directory, settings());
        visitor = new Visitor(service);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Pairs of key and value. */
    protected String[] settings() {
        return new String[0];
    }

    /** The tutorial's client exchanges a code. */
    Response exchange(String code, String... parameters) {
        List<String> all = new ArrayList<>(List.of("grant_type", "authorization_code", "code", code));
        all.addAll(List.of(parameters));
        return post("/oauth/v2/token", service.as("1_aaa", "bbb"), all.toArray(String[]::new));
    }

    /** As it has to be done after {@link Visitor#code}. */
    Response exchangeRightly(String code) {
        return exchange(code, "redirect_uri", Visitor.CALLBACK, "code_verifier", Visitor.VERIFIER);
    }
}
