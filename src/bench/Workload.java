import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** What is asked of the service again and again, as a script of wrk. */
enum Workload {
    CLIENT_CREDENTIALS("/oauth/v2/token", """
            wrk.body = "grant_type=client_credentials"
            """),
    /** Tokens without a user. */
    INTROSPECT("/oauth/v2/introspect", Scripts.INTROSPECT),
    /** Tokens of a user, whose link is looked up too. */
    INTROSPECT_USER("/oauth/v2/introspect", Scripts.INTROSPECT),
    /** Tokens that were taken back, and some that never were. */
    INTROSPECT_INACTIVE("/oauth/v2/introspect", Scripts.INTROSPECT),
    /** Every token is used once, and its successor put at the end of the queue. */
    REFRESH_TOKEN("/oauth/v2/token", """
            local queue, first, last = {}, 1, 0

            local function add(token)
                last = last + 1
                queue[last] = token
            end

            function init()
                for token in io.lines("tokens") do add(token) end
            end

            function request()
                local token = assert(queue[first], "more connections than tokens")
                queue[first] = nil
                first = first + 1
                return wrk.format(nil, nil, nil, "grant_type=refresh_token&refresh_token=" .. token)
            end

            function response(status, headers, body)
                local token = body:match('"refresh_token":"([^"]+)"')
                if token then add(token) end
            end
            """),
    /** Every token once. */
    REVOKE("/oauth/v2/revoke", """
            local tokens

            function init()
                tokens = io.lines("tokens")
            end

            function request()
                return wrk.format(nil, nil, nil, "token=" .. assert(tokens(), "more revocations than tokens"))
            end
            """),
    PASSWORD("/oauth/v2/token", """
            wrk.body = "grant_type=password&username=bench&password=bench"
            """);

    private static final class Scripts {
        static final String INTROSPECT = """
                local requests = {}

                function init()
                    for token in io.lines("tokens") do
                        table.insert(requests, wrk.format(nil, nil, nil, "token=" .. token))
                    end
                end

                function request()
                    return requests[math.random(#requests)]
                end
                """;

        /** Written at once, since wrk never closes what a script has opened. */
        static final String ISSUE = """
                wrk.body = "grant_type=client_credentials"

                function init()
                    issued = io.open("issued", "w")
                end

                function response(status, headers, body)
                    issued:write(body:match('"access_token":"([^"]+)"'), "\\n")
                    issued:flush()
                end
                """;
    }

    private static final int TOKENS = 1000;
    private static final int TOKENS_OF_A_LOGIN = 25;

    private final String path;
    private final String script;

    Workload(String path, String script) {
        this.path = path;
        this.script = script;
    }

    static Workload of(String name) {
        return valueOf(name.toUpperCase());
    }

    /** Tokens for {@link #run}. */
    List<String> prepare(Wrk wrk, Server server, int connections, int seconds) throws IOException, InterruptedException {
        var caller = new Caller(server.url(), "bench", "bench");
        caller.ownToken(); // the client's secret costs a bcrypt until it is known: not to all connections at once
        switch (this) {
            case INTROSPECT:
                return ownTokens(caller);
            case INTROSPECT_USER:
                return userTokens(caller);
            case INTROSPECT_INACTIVE:
                List<String> tokens = ownTokens(caller);
                for (String token : tokens) {
                    caller.revoke(token);
                }
                tokens.addAll(unknown());
                return tokens;
            case REFRESH_TOKEN:
                List<String> refresh = new ArrayList<>();
                for (int i = 0; i < connections + 1; i++) { // wrk takes one to try the script out
                    refresh.add(caller.login("bench", "bench").get("refresh_token").asText());
                }
                return refresh;
            case REVOKE: // as many as can be issued in twice the time
                wrk.run(server, "/oauth/v2/token", Scripts.ISSUE, List.of(), 64, 2 * seconds);
                return Files.readAllLines(wrk.directory().resolve("issued"));
            case PASSWORD: // ten logins a second alone would not have the code compiled in hours
                CLIENT_CREDENTIALS.run(wrk, server, List.of(), connections, seconds);
                return List.of();
            default:
                return List.of();
        }
    }

    /** Whether tokens can be used again in the next run. */
    boolean reuses() {
        return this != REFRESH_TOKEN && this != REVOKE;
    }

    Wrk.Sample run(Wrk wrk, Server server, List<String> tokens, int connections, int seconds)
            throws IOException, InterruptedException {
        Wrk.Sample sample = wrk.run(server, path, script, tokens, connections, seconds);
        verify(new Caller(server.url(), "bench", "bench"), tokens);
        return sample;
    }

    /**
     * wrk has seen that every answer was a success; this sees that a few of them said the right thing. Not the first: with
     * that wrk tries the script out, and sends nothing.
     */
    private void verify(Caller caller, List<String> tokens) throws IOException, InterruptedException {
        boolean active = this == INTROSPECT || this == INTROSPECT_USER;
        for (int i = 1; i < tokens.size() && (reuses() || i == 1); i += TOKENS / 20) {
            if (caller.isActive(tokens.get(i)) != active) {
                throw new IOException(this + ": a token is " + (active ? "inactive" : "active"));
            }
        }
    }

    private static List<String> ownTokens(Caller caller) throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            tokens.add(caller.ownToken());
        }
        return tokens;
    }

    /** Of logins that have been refreshed for a while. */
    private static List<String> userTokens(Caller caller) throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        while (tokens.size() < TOKENS) {
            var answer = caller.login("bench", "bench");
            for (int i = 0; i < TOKENS_OF_A_LOGIN; i++) {
                tokens.add(answer.get("access_token").asText());
                answer = caller.token(
                        "grant_type", "refresh_token", "refresh_token", answer.get("refresh_token").asText());
            }
        }
        return tokens;
    }

    private static List<String> unknown() {
        var random = new Random(1);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            byte[] bytes = new byte[48];
            random.nextBytes(bytes);
            tokens.add("sat_" + Base64.getUrlEncoder().encodeToString(bytes));
        }
        return tokens;
    }

    @Override
    public String toString() {
        return name().toLowerCase();
    }
}
