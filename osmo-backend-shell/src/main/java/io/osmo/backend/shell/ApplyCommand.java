// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        description = {
            "Plans and applies a spec, or applies a plan that was stored with plan -o.",
            "A stored plan is carried out without a question. It is refused if more would be done than it says."
        })
final class ApplyCommand extends ResultCommand {
    static final String ALLOW = "--allow";

    @Parameters(paramLabel = "FILE", description = "A spec, or a stored plan; - for the standard input.")
    private Path file = Path.of("");

    @Option(
            names = ALLOW,
            paramLabel = "DISRUPTION",
            defaultValue = "ROLLING",
            description =
                    "The most that may happen to running work: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Disruption allowed = Disruption.ROLLING;

    @Option(names = "--yes", description = "Do not ask before the plan of a spec is carried out.")
    private boolean yes;

    @Override
    public Integer call() {
        try (OsmoBackends osmo = shell().open()) {
            InputFiles.Stored found = InputFiles.planOrSpec(file, osmo::plan);
            Plan plan = found.plan();
            if (!json()) {
                show(plan);
            }
            Applying applying = new Applying(this, osmo, "apply " + file);
            // Nobody is asked about what is refused.
            boolean refused =
                    plan.disruption().exceeds(allowed) || !plan.guards().isEmpty();
            if (!refused && !applying.agreed(plan, found.stored() || yes)) {
                tell("Nothing was changed.");
                return ExitCode.CANCELLED;
            }
            Backend backend = applying.apply(plan, ApplyOptions.defaults().allow(allowed));
            print(json() ? Json.of(backend) : backend);
            return ExitCode.PASSED;
        }
    }
}
