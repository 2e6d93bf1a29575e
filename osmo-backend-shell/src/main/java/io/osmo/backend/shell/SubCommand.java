// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Base class of all commands. They return an {@link ExitCode}. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
abstract class SubCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Shell shell;

    final Shell shell() {
        return Objects.requireNonNull(shell);
    }

    /** Prints a result. */
    final void print(Object text) {
        shell().console().out().println(text.toString().stripTrailing());
    }

    /** Prints a message that is not part of the result. */
    final void tell(Object text) {
        shell().console().err().println(text.toString().stripTrailing());
    }
}
