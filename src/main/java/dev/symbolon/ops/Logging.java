package dev.symbolon.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import dev.symbolon.audit.AuditLog;
import dev.symbolon.config.Config;
import dev.symbolon.config.Config.LogFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Found by Logback's {@code ServiceLoader}; set up in code since reading
 * XML would cost a tenth of the start.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
    /** The logger that tells that the service is ready. */
    public static final String START = "dev.symbolon.start";

    private static final String OURS = "dev.symbolon";
    private static final String CONSOLE = "console";

    /** The command that starts the service says why it cannot, in its one line. */
    private static final String TOLD_BY_US = "Failed to start Javalin";

    /**
     * Libraries at DEBUG would log headers, statements and their values: tokens and secrets. Jetty asks dozens of times a
     * request whether it may, so a filter that is asked along costs more than the request's own line.
     */
    private static final class HoldLibrariesAtInfo implements LoggerContextListener {
        @Override
        public void onLevelChange(Logger logger, @Nullable Level level) {
            if (level != null
                    && level.toInt() < Level.INFO_INT
                    && !logger.getName().startsWith(OURS)) {
                logger.setLevel(Level.INFO);
            }
        }

        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onStart(LoggerContext context) {}

        @Override
        public void onReset(LoggerContext context) {}

        @Override
        public void onStop(LoggerContext context) {}
    }

    private static final class WithoutWhatWeTell extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            return TOLD_BY_US.equals(event.getMessage()) ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR); // we say in a line when the database is away
        context.addListener(new HoldLibrariesAtInfo());
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Appender<ILoggingEvent> console(LoggerContext context) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setName(CONSOLE);
        console.setTarget("System.err");
        console.setContext(context);
        console.setEncoder(new LogLine(LogFormat.TEXT));
        console.addFilter(new WithoutWhatWeTell());
        console.start();
        return console;
    }

    /**
     * Logs of the service go to standard output; those of a command, which are few, stay on standard error. Our own
     * loggers have the configured level; libraries tell of warnings and errors only.
     */
    public static void start(Config.Log config) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(OURS).setLevel(Level.convertAnSLF4JLevel(config.level()));
        if (!config.requests()) {
            context.getLogger(RequestLog.NAME).setLevel(Level.OFF);
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        var lines = new LogQueue(new LogLine(config.format()));
        lines.setContext(context);
        lines.addFilter(new WithoutWhatWeTell());
        lines.start();
        root.addAppender(lines);
    }

    /** As {@link #start}; at every level the audit log is written, and the line that tells that the service is ready. */
    public static void startService(Config.Log config) {
        start(config);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(START).setLevel(Level.INFO);
        context.getLogger(AuditLog.NAME).setLevel(Level.INFO);
    }

    /** Writes what still waits, for up to a second: to be called last. */
    public static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
