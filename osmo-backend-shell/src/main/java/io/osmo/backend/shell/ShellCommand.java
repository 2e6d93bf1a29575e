// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.Command;

@Command(
        name = "shell",
        description = "Prints a startup file for jshell: everything is imported, and osmo is open on emulated clouds.")
final class ShellCommand extends SubCommand {
    @Override
    public Integer call() {
        try (InputStream startup = Objects.requireNonNull(ShellCommand.class.getResourceAsStream("osmo.jsh"))) {
            print(new String(startup.readAllBytes(), StandardCharsets.UTF_8));
            return ExitCode.PASSED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
