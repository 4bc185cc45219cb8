package dev.symbolon.cli.remote;

import dev.symbolon.cli.remote.Frame.Type;
import java.io.IOException;
import java.net.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One caller's command in the service, from the greeting to the exit code. The connection is its owner's to close. */
record Session(Wire wire, CommandRunner runner, Limits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    void serve() {
        try {
            wire.send(Type.READY, "", limits.progress());
            Frame frame = wire.receive(limits.request());
            if (frame.type() != Type.REQUEST) {
                throw new ProtocolException("no request but " + frame.type());
            }
            Request request = Request.parse(frame.text());
            var terminal = new RemoteTerminal(wire, request, limits);
            int code = run(request, terminal);
            terminal.flush();
            wire.send(Type.EXIT, Integer.toString(code), limits.progress());
        } catch (IOException e) { // a caller who left or made no sense: nobody to tell
            LOG.debug("an administration call ended early: {}", e.getMessage());
        }
    }

    private int run(Request request, Terminal terminal) {
        if (request.version() != Request.VERSION) {
            terminal.err()
                    .println("the running service is of another version: restart it, or use the jar it runs from");
            return 1;
        }
        try {
            return runner.run(request.arguments(), terminal);
        } catch (RuntimeException | Error e) { // an Error too: the caller waits for an answer
            LOG.error("an administration command failed", e);
            terminal.err().println("internal error");
            return 1;
        }
    }
}
