package dev.symbolon.cli;

import dev.symbolon.group.Group;
import dev.symbolon.group.Member;
import dev.symbolon.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code group …}: groups of users, which may be linked to clients. */
@Command(
        name = "group",
        mixinStandardHelpOptions = true,
        description = "Groups of users, to be linked to clients as one.",
        subcommands = {
            GroupCommands.Create.class,
            GroupCommands.ListAll.class,
            GroupCommands.Delete.class,
            GroupCommands.Add.class,
            GroupCommands.Remove.class,
            GroupCommands.Members.class
        })
final class GroupCommands {
    private record MemberDocument(String group, String username, Instant createdAt) {
        static MemberDocument of(Member member) {
            return new MemberDocument(member.groupName(), member.username(), member.createdAt());
        }

        List<String> cells() {
            return List.of(username, createdAt.toString());
        }
    }

    @Command(name = "create", description = "Make a group.")
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "GROUP", description = "Its name, without spaces.")
        private String name = "";

        @Override
        void run(Administration admin, Output output) {
            Arguments.checked(() -> {
                Group group = admin.groups()
                        .create(name)
                        .orElseThrow(() -> new CommandFailure("there is a group " + Output.plain(name) + " already"));
                output.print(group, "Created group " + group.name() + ".");
            });
        }
    }

    @Command(name = "list", description = "List the groups.")
    static final class ListAll extends AdminCommand {
        @Override
        void run(Administration admin, Output output) {
            output.list(
                    (@Nullable Group after, int most) -> admin.groups().list(after == null ? "" : after.name(), most),
                    group -> group,
                    List.of("GROUP", "MEMBERS", "CREATED"),
                    group -> List.of(
                            group.name(),
                            Long.toString(group.members()),
                            group.createdAt().toString()));
        }
    }

    /** A command on one group. */
    abstract static class OnOne extends AdminCommand {
        @Parameters(index = "0", paramLabel = "GROUP", description = "The group's name.")
        private String name = "";

        abstract void run(Administration admin, Output output, Group group);

        @Override
        final void run(Administration admin, Output output) {
            run(admin, output, group(admin, name));
        }
    }

    @Command(
            name = "delete",
            description =
                    "Delete a group with its links. Where the policy enforces links, the tokens of whoever has no other are dead for good.")
    static final class Delete extends OnOne {
        @Override
        void run(Administration admin, Output output, Group group) {
            require(admin.groups().delete(group), "group " + group.name() + " is gone");
            output.print(Map.of("name", group.name(), "deleted", true), "Deleted group " + group.name() + ".");
        }
    }

    @Command(name = "members", description = "List the members of a group.")
    static final class Members extends OnOne {
        @Override
        void run(Administration admin, Output output, Group group) {
            output.list(
                    (@Nullable Member after, int most) -> admin.groups().members(group, after, most),
                    MemberDocument::of,
                    List.of("USER", "SINCE"),
                    MemberDocument::cells);
        }
    }

    /** A command on a group and a user. */
    abstract static class OnMember extends OnOne {
        @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
        private String user = "";

        abstract void run(Administration admin, Output output, Group group, User user);

        @Override
        final void run(Administration admin, Output output, Group group) {
            run(admin, output, group, user(admin, user));
        }
    }

    @Command(name = "add", description = "Make a user a member of a group.")
    static final class Add extends OnMember {
        @Override
        void run(Administration admin, Output output, Group group, User user) {
            Member member;
            try {
                member = admin.groups()
                        .add(group, user.id())
                        .orElseThrow(() -> new CommandFailure("the user or the group is gone"));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(String.valueOf(e.getMessage()));
            }
            output.print(
                    MemberDocument.of(member), "Added " + member.username() + " to group " + member.groupName() + ".");
        }
    }

    @Command(
            name = "remove",
            description =
                    "Take a user out of a group. Where the policy enforces links and this was the last one, their tokens are dead for good.")
    static final class Remove extends OnMember {
        @Override
        void run(Administration admin, Output output, Group group, User user) {
            require(admin.groups().remove(group, user.id()), user.username() + " is not in group " + group.name());
            output.print(
                    Map.of("group", group.name(), "username", user.username(), "removed", true),
                    "Removed " + user.username() + " from group " + group.name() + ".");
        }
    }
}
