package dev.symbolon.cli;

import dev.symbolon.cli.remote.LocalTerminal;
import dev.symbolon.cli.remote.Terminal;
import dev.symbolon.config.Words;
import dev.symbolon.password.BusyException;
import dev.symbolon.policy.NoDecisionException;
import dev.symbolon.store.Database;
import dev.symbolon.store.DatabaseInUseException;
import dev.symbolon.store.StoreException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: what was typed finds its command, and what goes wrong ends in one line. */
public final class Cli {
    private static final Logger LOG = LoggerFactory.getLogger(Cli.class);
    private static final String COMPLETION = "generate-completion";

    private final Function<Administration, RunningService> starter;
    private final Clock clock;

    /** @param starter starts the service on what was opened, and owns it from then on */
    public Cli(Function<Administration, RunningService> starter, Clock clock) {
        this.starter = starter;
        this.clock = clock;
    }

    /** Whether this process is about to become the service. */
    public static boolean serves(List<String> arguments) {
        return !administration().containsKey(first(arguments));
    }

    /**
     * Runs what was typed on the command line of this process.
     *
     * @return 0 for success, 1 if it could not be done, 2 for bad usage
     */
    public int run(List<String> arguments) {
        return run(arguments, LocalTerminal.ofProcess());
    }

    /** As {@link #run(List)}, for a command typed elsewhere than on this process's terminal. */
    public int run(List<String> arguments, Terminal terminal) {
        var serve = new ServeCommand(starter);
        if (arguments.isEmpty()) { // the usual start: quicker by what it takes to load the parser
            return guarded(terminal, () -> serve.run(new ConfigOptions()));
        }
        Map<String, Supplier<Object>> commands = administration();
        commands.put("serve", () -> serve);
        commands.put("demo", () -> new DemoCommand(starter, terminal));
        commands.put(COMPLETION, AutoComplete.GenerateCompletion::new);
        var root = new RootCommand();
        ConfigOptions options = root.config();
        return execute(commandLine(root, commands, arguments), arguments, terminal, command -> {
            if (command instanceof AdminCommand admin) {
                return new Dispatcher(admin, options, arguments, terminal, clock).run();
            }
            if (command instanceof DemoCommand demo) {
                return demo.run(options);
            }
            return command instanceof Runnable completion ? call(completion) : serve.run(options);
        });
    }

    /** Runs an administration command inside the service that holds the database. */
    static int run(Administration admin, List<String> arguments, Terminal terminal) {
        return execute(commandLine(new RootCommand(), administration(), arguments), arguments, terminal, command -> {
            if (command instanceof AdminCommand found) {
                found.run(admin, terminal);
                return ExitCode.OK;
            }
            throw CommandFailure.badUsage("only an administration command can be handed over");
        });
    }

    private static Map<String, Supplier<Object>> administration() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("client", ClientCommands::new);
        commands.put("door", DoorCommands::new);
        commands.put("user", UserCommands::new);
        commands.put("group", GroupCommands::new);
        commands.put("link", LinkCommands::new);
        commands.put("token", TokenCommands::new);
        commands.put("consent", ConsentCommands::new);
        commands.put("session", SessionCommands::new);
        commands.put("policy", PolicyCommands::new);
        commands.put("import", ImportCommands::new);
        commands.put("backup", BackupCommand::new);
        return commands;
    }

    /**
     * Only the command that was typed is made known, if there is such a one: to know all of them takes its time. Completion
     * is about all of them.
     */
    private static CommandLine commandLine(
            RootCommand command, Map<String, Supplier<Object>> commands, List<String> arguments) {
        var root = new CommandLine(command);
        String first = first(arguments);
        if (commands.containsKey(first) && !first.equals(COMPLETION)) {
            commands.keySet().retainAll(Set.of(first));
        }
        commands.forEach((name, subcommand) -> root.addSubcommand(name, subcommand.get()));
        return root;
    }

    private static String first(List<String> arguments) {
        return arguments.isEmpty() ? "serve" : arguments.get(0);
    }

    private static int execute(
            CommandLine commands, List<String> arguments, Terminal terminal, Function<Object, Integer> runner) {
        commands.setOut(terminal.out());
        commands.setErr(terminal.err());
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        commands.setExpandAtFiles(false); // @NAME would be read where the command runs, in the service
        plainQuotes(commands);
        commands.setExecutionStrategy(parsed -> guarded(terminal, () -> {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            return helped == null ? runner.apply(leaf(parsed)) : helped;
        }));
        commands.setParameterExceptionHandler((e, words) -> fail(terminal, ExitCode.USAGE, usage(e)));
        int exitCode = commands.execute(arguments.toArray(String[]::new));
        terminal.out().flush();
        return exitCode;
    }

    /** What goes wrong ends in one line; picocli would print the exception's class. */
    private static int guarded(Terminal terminal, Supplier<Integer> command) {
        try {
            return command.get();
        } catch (RuntimeException e) {
            return fail(terminal, e);
        }
    }

    /** A quote in a list is a character like any other; picocli would warn of an unbalanced one by itself. */
    private static void plainQuotes(CommandLine command) {
        command.getCommandSpec().parser().splitQuotedStrings(true);
        command.getSubcommands().values().forEach(Cli::plainQuotes);
    }

    private static Object leaf(ParseResult parsed) {
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        CommandLine command = leaf.commandSpec().commandLine();
        if (command.getParent() != null && !command.getSubcommands().isEmpty()) {
            throw CommandFailure.badUsage(command.getCommandName() + " takes one of "
                    + String.join(", ", command.getSubcommands().keySet()));
        }
        return leaf.commandSpec().userObject();
    }

    private static int call(Runnable command) {
        command.run();
        return ExitCode.OK;
    }

    private static int fail(Terminal terminal, RuntimeException e) {
        if (e instanceof CommandFailure failure) {
            return fail(terminal, failure.exitCode(), String.valueOf(failure.getMessage()));
        }
        if (e instanceof JdbiException failure && Database.isUnavailable(failure)) {
            return fail(terminal, ExitCode.SOFTWARE, "the database is away or busy; try again");
        }
        boolean expected = e instanceof StoreException
                || e instanceof DatabaseInUseException
                || e instanceof BusyException
                || e instanceof NoDecisionException;
        if (!expected) {
            LOG.error("a command failed", e);
        }
        return fail(
                terminal, ExitCode.SOFTWARE, expected ? String.valueOf(e.getMessage()) : "internal error, see the log");
    }

    private static int fail(Terminal terminal, int exitCode, String line) {
        terminal.out().flush();
        terminal.err().println(Output.harmless(line.replaceAll("\\s*\\R\\s*", " ")));
        return exitCode;
    }

    private static String usage(ParameterException e) {
        String what = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(e.getCommandLine(), unmatched.getUnmatched().get(0))
                : String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
        return what + " (see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help)";
    }

    private static String unmatched(CommandLine command, String word) {
        Set<String> commands = command.getSubcommands().keySet();
        if (word.startsWith("-")) {
            String option = word.split("=", 2)[0];
            Set<String> options = command.getCommandSpec().optionsMap().keySet();
            return "unknown option " + Output.plain(option) + Words.suggestion(option, options.stream());
        }
        return commands.isEmpty()
                ? "unexpected argument " + Output.plain(word)
                : "unknown command " + Output.plain(word) + Words.suggestion(word, commands.stream());
    }
}
