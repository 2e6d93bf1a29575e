// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The input and output of a command.
 *
 * @param out results
 * @param err progress and errors
 * @param colored whether {@code out} understands colors
 * @param readerGone whether nothing reads {@code out} any more
 * @param ask asks the user a question and returns the answer; empty if there is no terminal
 */
record Console(
        PrintWriter out,
        PrintWriter err,
        boolean colored,
        BooleanSupplier readerGone,
        Optional<UnaryOperator<String>> ask) {
    /**
     * The standard streams, in UTF-8 unless they are a terminal. Does not use {@link System#out}, which hides write errors. Colors
     * and questions only on a terminal, and no colors if {@code NO_COLOR} is set.
     */
    static Console ofThisProcess() {
        Optional<java.io.Console> terminal =
                Progress.isTerminal() ? Optional.ofNullable(System.console()) : Optional.empty();
        Charset charset = terminal.map(java.io.Console::charset).orElse(StandardCharsets.UTF_8);
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        return new Console(
                new PrintWriter(out, true, charset),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, charset),
                terminal.isPresent() && System.getenv("NO_COLOR") == null,
                out::readerGone,
                terminal.map(t -> question -> Objects.requireNonNullElse(t.readLine("%s", question), "")));
    }
}
