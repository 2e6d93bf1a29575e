// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.OsmoBackendException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
@Command(
        name = "osmo-backend",
        description = "Plans, applies, verifies and destroys OSMO backends on EKS, GKE, AKS and existing clusters.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VerifyCommand.class,
            PreflightCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            DestroyCommand.class,
            DiagnoseCommand.class,
            GetCommand.class,
            ListCommand.class,
            KubeconfigCommand.class,
            ValuesCommand.class,
            ExplainCommand.class,
            PermissionsCommand.class,
            RbacCommand.class,
            SchemaCommand.class,
            DemoCommand.class,
            ServeCommand.class,
            ShellCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "    0  passed, or done",
            "    1  failed",
            "    2  inconclusive: not everything could be read",
            "    3  the arguments or a file cannot be used; nothing was done",
            "    4  a bug in this program",
            "  130  cancelled"
        })
final class Shell implements Runnable {
    private final Console console;
    private final Function<UnaryOperator<OsmoBackends.Builder>, OsmoBackends> backends;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param backends creates an entry point from a function that configures its builder; the command closes it */
    Shell(Console console, Function<UnaryOperator<OsmoBackends.Builder>, OsmoBackends> backends) {
        this.console = console;
        this.backends = backends;
    }

    /** @return an {@link ExitCode} */
    int run(String... arguments) {
        int code = new CommandLine(this)
                .setExpandAtFiles(false)
                .registerConverter(Path.class, Shell::file)
                .setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((error, parsed) -> unusable(error))
                .setExecutionExceptionHandler((error, command, parsed) -> failed(error))
                .execute(arguments);
        if (console.out().checkError() && !console.readerGone().getAsBoolean()) {
            console.err().println("The output could not be written.");
            return ExitCode.FAILED;
        }
        return code;
    }

    /** Called if no command is given. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    Console console() {
        return console;
    }

    OsmoBackends open() {
        return open(host -> host);
    }

    /** Creates an entry point that {@code host} has configured. */
    OsmoBackends open(UnaryOperator<OsmoBackends.Builder> host) {
        return backends.apply(host);
    }

    /** Picocli prints the message of the exception that this throws. */
    private static Path file(String name) {
        try {
            return InputFiles.path(name);
        } catch (UnusableException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private int unusable(ParameterException error) {
        CommandLine command = error.getCommandLine();
        boolean whole = command.getParent() == null;
        console.err().println(message(error, whole));
        if (UnmatchedArgumentException.printSuggestions(error, console.err())) {
            return ExitCode.UNUSABLE;
        }
        if (whole) {
            console.err().println();
            command.usage(console.err());
        } else {
            console.err().print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
            console.err().println("See osmo-backend " + command.getCommandName() + " --help.");
        }
        return ExitCode.UNUSABLE;
    }

    /** Picocli reports only the number of unexpected arguments, and treats an unknown command as one of them. */
    private static String message(ParameterException error, boolean whole) {
        if (!(error instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(error.getMessage());
        }
        String first = unmatched.getUnmatched().get(0);
        if (whole && !unmatched.isUnknownOption()) {
            return "There is no command " + first + ".";
        }
        return error.getCommandLine().getCommandName()
                + (unmatched.isUnknownOption()
                        ? " has no option " + first + "."
                        : " does not take the argument " + first + ".");
    }

    private int failed(Exception error) {
        if (error instanceof UnusableException unusable) {
            console.err().println(unusable.getMessage());
            return ExitCode.UNUSABLE;
        }
        if (!(error instanceof OsmoBackendException expected)) {
            console.err().println("This is a defect of osmo-backend. Please report it with the following lines.");
            error.printStackTrace(console.err());
            return ExitCode.DEFECT;
        }
        console.err().println(expected.getMessage());
        if (!remedy(expected).isEmpty()) {
            console.err().println(remedy(expected));
        }
        return ExitCode.of(expected);
    }

    /** Remedies are written for hosts; the one that names a method of theirs is an option here. */
    private static String remedy(OsmoBackendException expected) {
        return expected instanceof DisruptionNotAllowedException refused
                ? "Look at the plan. To accept this, repeat the command with " + ApplyCommand.ALLOW + " "
                        + refused.needed() + ". Nothing was changed."
                : expected.remedy();
    }
}
