// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.plan.Plan;
import picocli.CommandLine.Option;

/** A command that prints its result as text or as JSON. */
abstract class ResultCommand extends SubCommand {
    /** Formats of a result. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Form of what is printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    final boolean json() {
        return format == Format.JSON;
    }

    /** Prints a plan that is carried out next, apart from what is said then. */
    final void show(Plan plan) {
        print(plan);
        tell("");
    }
}
