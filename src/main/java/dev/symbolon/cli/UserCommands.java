package dev.symbolon.cli;

import dev.symbolon.user.User;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code user …}: the life of users. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Users: the people that clients act for.",
        subcommands = {
            UserCommands.Create.class,
            UserCommands.ListAll.class,
            UserCommands.Show.class,
            UserCommands.Disable.class,
            UserCommands.Enable.class,
            UserCommands.SetPassword.class,
            UserCommands.Unlock.class,
            UserCommands.Delete.class,
            LinesCommands.ImportUsers.class,
            LinesCommands.ExportUsers.class
        })
final class UserCommands {
    @Command(name = "create", description = "Make a user.")
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "Compared without case.")
        private String name = "";

        @Mixin
        private PasswordOptions password = new PasswordOptions();

        @Override
        void run(Administration admin, Output output) {
            String given = password.given(output.terminal());
            Arguments.checked(() -> {
                User user = admin.users()
                        .create(name, given)
                        .orElseThrow(() -> new CommandFailure("there is a user " + Output.plain(name) + " already"));
                output.print(user, "Created user " + user.username() + ".");
            });
        }
    }

    @Command(name = "list", description = "List the users.")
    static final class ListAll extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            output.list(
                    (@Nullable User after, int most) -> admin.users().list(after, most),
                    user -> user,
                    List.of("USER", "STATE", "ID", "CREATED"),
                    user -> List.of(
                            user.username(),
                            state(user),
                            user.id().toString(),
                            user.createdAt().toString()));
        }
    }

    private static String state(User user) {
        return user.enabled() ? "enabled" : "disabled";
    }

    /** A command on one user. */
    abstract static class OnOne extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The user's name.")
        private String name = "";

        abstract void run(Administration admin, Output output, User user);

        @Override
        final void run(Administration admin, Output output) {
            run(admin, output, user(admin, name));
        }

        final void changed(Administration admin, Output output, boolean done, String words) {
            require(done, "user " + Output.plain(name) + " is gone");
            output.print(user(admin, name), words);
        }
    }

    @Command(name = "show", description = "Show one user.")
    static final class Show extends OnOne {
        @Override
        void run(Administration admin, Output output, User user) {
            output.print(user, """
                    username    %s
                    id          %s
                    state       %s
                    created_at  %s""".formatted(user.username(), user.id(), state(user), user.createdAt()));
        }
    }

    @Command(name = "disable", description = "Shut a user out; their tokens are dead for good.")
    static final class Disable extends OnOne {
        @Override
        void run(Administration admin, Output output, User user) {
            changed(admin, output, admin.users().disable(user), "Disabled user " + user.username() + ".");
        }
    }

    @Command(name = "enable", description = "Let a disabled user in again.")
    static final class Enable extends OnOne {
        @Override
        void run(Administration admin, Output output, User user) {
            boolean enabled = admin.users().enable(user);
            admin.attempts().forgive(user.id()); // what was right failed as well
            changed(admin, output, enabled, "Enabled user " + user.username() + ".");
        }
    }

    @Command(name = "set-password", description = "Change a user's password; their tokens are dead for good.")
    static final class SetPassword extends OnOne {
        @Mixin
        private PasswordOptions password = new PasswordOptions();

        @Override
        void run(Administration admin, Output output, User user) {
            String given = password.given(output.terminal());
            Arguments.checked(() -> {
                boolean set = admin.users().setPassword(user, given);
                admin.attempts().forgive(user.id());
                changed(admin, output, set, "Changed the password of " + user.username() + ".");
            });
        }
    }

    @Command(name = "unlock", description = "Let a user log in at once who has to wait after wrong passwords.")
    static final class Unlock extends OnOne {
        @Override
        void run(Administration admin, Output output, User user) {
            admin.attempts().unlock(user.id(), user.username());
            changed(admin, output, true, "Unlocked user " + user.username() + ".");
        }
    }

    @Command(name = "delete", description = "Delete a user with their links; their tokens are dead for good.")
    static final class Delete extends OnOne {
        @Override
        void run(Administration admin, Output output, User user) {
            require(admin.users().delete(user), "user " + user.username() + " is gone");
            output.print(Map.of("username", user.username(), "deleted", true), "Deleted user " + user.username() + ".");
        }
    }
}
