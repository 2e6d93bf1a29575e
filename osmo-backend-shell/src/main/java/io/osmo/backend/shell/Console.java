// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a command writes to and asks.
 *
 * @param out results
 * @param err progress and errors
 * @param coloured whether {@code out} understands colours
 * @param ask asks a question and returns the answer, when there is somebody to ask
 */
record Console(PrintWriter out, PrintWriter err, boolean coloured, Optional<UnaryOperator<String>> ask) {
    /** The standard streams; colours only on a terminal, and not when {@code NO_COLOR} is set. */
    static Console ofThisProcess() {
        java.io.Console terminal = System.console();
        Charset charset = terminal == null ? Charset.defaultCharset() : terminal.charset();
        return new Console(
                new PrintWriter(System.out, true, charset),
                new PrintWriter(System.err, true, charset),
                terminal != null && System.getenv("NO_COLOR") == null,
                Optional.ofNullable(terminal).map(t -> question -> {
                    String answer = t.readLine("%s", question);
                    return answer == null ? "" : answer;
                }));
    }
}
